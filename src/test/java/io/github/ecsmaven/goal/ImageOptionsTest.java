package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.image.ContainerOptions;
import io.github.ecsmaven.image.ImageRequest;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each {@code ecs.from.*} and {@code ecs.container.*} arrives in its own place of the request. */
@MojoTest
class ImageOptionsTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId><configuration>"
            + "<fromImage>example.com/java:21</fromImage>"
            + "<fromPlatforms>linux/arm64,linux/s390x</fromPlatforms>"
            + "<containerPorts>8081,53/udp</containerPorts>"
            + "<containerJvmFlags>-Xmx64m,-Da=b\\,c</containerJvmFlags>"
            + "<containerEnvironment><ENV>in</ENV></containerEnvironment>"
            + "<containerLabels><label>on</label></containerLabels>"
            + "<containerUser>1000:1001</containerUser>"
            + "<containerEntrypoint>/bin/run,it</containerEntrypoint>"
            + "<containerArgs>--verbose,all</containerArgs>"
            + "<containerMainClass>shop.Main</containerMainClass>"
            + "<containerWorkingDirectory>/work</containerWorkingDirectory>"
            + "<containerVolumes>/data,/logs</containerVolumes>"
            + "<containerFormat>OCI</containerFormat>"
            + "<containerCreationTime>2026-01-31T12:00:00Z</containerCreationTime>"
            + "<containerFilesModificationTime>2026-02-01T12:00:00Z</containerFilesModificationTime>"
            + "<containerAppRoot>/srv</containerAppRoot>"
            + "<containerExtraClasspath>/opt/agent,/opt/more</containerExtraClasspath>"
            + "<containerExpandClasspathDependencies>true</containerExpandClasspathDependencies>"
            + "</configuration></plugin></plugins></build></project>";

    @TempDir
    Path folder;

    private final MavenProject project = new MavenProject(new Model());

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void imageRequestWhenEveryOptionIsSetHasEachInItsPlace(ImageMojo mojo) {
        ImageRequest request = request(mojo);

        assertThat(request.base().image()).isEqualTo("example.com/java:21");
        assertThat(request.base().platforms()).containsExactly("linux/arm64", "linux/s390x");
        ContainerOptions container = request.container();
        assertThat(container.ports()).containsExactly("8081", "53/udp");
        assertThat(container.jvmFlags()).containsExactly("-Xmx64m", "-Da=b,c");
        assertThat(container.environment()).isEqualTo(Map.of("ENV", "in"));
        assertThat(container.labels()).isEqualTo(Map.of("label", "on"));
        assertThat(container.user()).contains("1000:1001");
        assertThat(container.entrypoint()).containsExactly("/bin/run", "it");
        assertThat(container.args()).containsExactly("--verbose", "all");
        assertThat(container.mainClass()).contains("shop.Main");
        assertThat(container.workingDirectory()).contains("/work");
        assertThat(container.volumes()).containsExactly("/data", "/logs");
        assertThat(container.format()).isEqualTo("OCI");
        assertThat(container.creationTime()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(container.filesModificationTime()).isEqualTo("2026-02-01T12:00:00Z");
        assertThat(container.appRoot()).contains("/srv");
        assertThat(container.extraClasspath()).containsExactly("/opt/agent", "/opt/more");
        assertThat(container.expandClasspathDependencies()).isTrue();
    }

    /** A new parameter has to be set above too. */
    @Test
    void everyOptionIsSetInThisTest() {
        assertThat(Arrays.stream(ImageOptionsMojo.class.getDeclaredFields()).map(Field::getName))
                .filteredOn(name -> name.startsWith("container") || name.startsWith("from"))
                .hasSize(18)
                .allSatisfy(name -> assertThat(POM).contains("<" + name + ">"));
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void imageRequestWhenPropertiesAreSetTooTakesTheirEntries(ImageMojo mojo) {
        project.getProperties().setProperty("ecs.container.environment.FROM_POM", "a");
        project.getProperties().setProperty("ecs.container.labels", "one=b,two=c");

        ContainerOptions container = request(mojo).container();

        assertThat(container.environment()).isEqualTo(Map.of("ENV", "in", "FROM_POM", "a"));
        assertThat(container.labels()).isEqualTo(Map.of("label", "on", "one", "b", "two", "c"));
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void imageRequestHasOneCacheForAllProjectsAndOneBelowTarget(ImageMojo mojo) {
        ImageRequest.Caches caches = request(mojo).caches();

        assertThat(caches.base()).isEqualTo(folder.resolve("ecs-maven-plugin-cache"));
        assertThat(caches.application()).isEqualTo(folder.resolve("target/ecs/cache"));
    }

    private ImageRequest request(ImageMojo mojo) {
        project.setArtifactId("orders");
        project.setVersion("1");
        project.setPackaging("jar");
        project.setFile(folder.resolve("pom.xml").toFile());
        Build build = project.getBuild();
        build.setDirectory(folder.resolve("target").toString());
        build.setFinalName("orders-1");
        build.setOutputDirectory(folder.resolve("target/classes").toString());
        mojo.project = project;
        mojo.session = session();
        return mojo.imageRequest();
    }

    /** With a local repository in the test's own folder. */
    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        ArtifactRepository local = new MavenArtifactRepository();
        local.setUrl(folder.resolve("repository").toUri().toString());
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setLocalRepository(local);
        return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    }
}
