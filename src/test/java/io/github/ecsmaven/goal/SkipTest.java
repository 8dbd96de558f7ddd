package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ecs.skip}: each goal says so, and leaves what is there as it is. */
@MojoTest
class SkipTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    @InjectMojo(goal = "image", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void image(ImageMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "start", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void start(StartMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "stop", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void stop(StopMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "push", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void push(PushMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "redeploy", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void redeploy(RedeployMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "rollback", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void rollback(RollbackMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    @Test
    @InjectMojo(goal = "upload", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void upload(UploadMojo mojo) throws Exception {
        assertSkipped(mojo);
    }

    /** With a record of an image that isn't one each goal would fail or delete it. */
    private void assertSkipped(EcsMojo mojo) throws Exception {
        mojo.project = new MavenProject(new Model());
        mojo.project.setArtifactId("orders");
        mojo.project.setPackaging("jar");
        mojo.project.setFile(folder.resolve("pom.xml").toFile());
        mojo.project.getBuild().setDirectory(folder.resolve("target").toString());
        Path image = mojo.files().image();
        Files.createDirectories(image.getParent());
        Files.writeString(image, "no record");
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void info(CharSequence text) {
                told.add(text.toString());
            }
        });

        mojo.execute();

        assertThat(told).containsExactly("Skipped (ecs.skip).");
        assertThat(image).hasContent("no record");
    }
}
