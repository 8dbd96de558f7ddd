package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSessionTest {
    private static final Instant START = Instant.parse("2026-11-26T14:53:03Z");

    @TempDir
    Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    /** The build is kept all the same, and what else is wrong is told, too. */
    @Test
    void recordThatCannotBeReadIsTold() throws Exception {
        Path history = Files.createDirectories(folder.resolve("history/shop.shop"));
        Files.createDirectory(history.resolve("20261126T145200Z-3f9c2a.json"));

        record("many");

        assertThat(Files.list(history).filter(Files::isRegularFile)).hasSize(1);
        assertThat(warnings)
                .hasSize(2)
                .anySatisfy(told -> assertThat(told)
                        .startsWith("The history of builds in '" + history + "' has files that can't be read")
                        .contains("20261126T145200Z-3f9c2a.json", "Next: "))
                .anySatisfy(told -> assertThat(told).contains("ecs.report.builds", "Next: "));
    }

    private void record(String pageRows) {
        MavenSession session = session();
        HistoryOptions options = new HistoryOptions(
                Optional.of(folder.resolve("history").toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                true);
        BuildRecord.Stage compile = new BuildRecord.Stage(
                "compile", BuildRecord.Status.DONE, Optional.empty(), 1, Optional.empty(), Optional.empty());
        RecordSession.begin(
                        session,
                        START,
                        options,
                        Optional.of(pageRows),
                        false,
                        new SessionSecrets(session, Optional.empty()),
                        warnings::add)
                .end(START.plusSeconds(2), false, project -> List.of(compile));
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId("shop");
        model.setVersion("1.0.0");
        MavenProject project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        project.getBuild().setDirectory(folder.resolve("target").toString());
        MavenSession session = new MavenSession(
                null,
                new DefaultRepositorySystemSession(),
                new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(project));
        return session;
    }
}
