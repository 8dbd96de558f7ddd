package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs:report} over a history in a folder. */
@MojoTest
class ReportMojoTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    @InjectMojo(goal = "report", pom = POM)
    void reportWhenBuildsAreRecordedDrawsThem(ReportMojo mojo) throws Exception {
        prepare(mojo);
        Path history = folder.resolve("history/shop.shop");
        Files.createDirectories(history);
        Files.copy(
                Path.of("src/test/resources/io/github/ecsmaven/report/build-record.json"),
                history.resolve("20261126T145303Z-3f9c2a.json"));
        Files.writeString(history.resolve("20261126T145304Z-3f9c2b.json"), "{\"schema\":");

        mojo.execute();

        Path page = folder.resolve("target/ecs/report.html");
        assertThat(page).content().contains("#214", "Orders are totalled in cents", "1 build,");
        assertThat(told).hasSize(2).last().isEqualTo("Stage view of 1 build: " + page);
        assertThat(told.get(0)).contains("20261126T145304Z-3f9c2b.json");
    }

    @Test
    @InjectMojo(goal = "report", pom = POM)
    void reportWhenNothingIsRecordedSaysWhatLeavesARecord(ReportMojo mojo) throws Exception {
        prepare(mojo);
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith(
                        "No build of shop:shop is recorded in '" + folder.resolve("history/shop.shop") + "'.")
                .hasMessageContaining("Next: run mvn verify or mvn deploy");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "report", pom = POM)
    void reportWhenToShowNoBuildIsRefused(ReportMojo mojo) throws Exception {
        prepare(mojo);
        mojo.reportBuilds = "0";
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("ecs.report.builds=0");
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private void prepare(ReportMojo mojo) {
        MavenProject project = new MavenProject(new Model());
        project.setGroupId("shop");
        project.setArtifactId("shop");
        project.getBuild().setDirectory(folder.resolve("target").toString());
        mojo.session = new MavenSession(null, null, new DefaultMavenExecutionRequest(), null);
        mojo.session.setProjects(List.of(project));
        mojo.history = folder.resolve("history").toString();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence text) {
                told.add(text.toString());
            }

            @Override
            public void warn(CharSequence text) {
                told.add(text.toString());
            }
        });
    }
}
