package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.image.ImageRequest;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectContentsTest {
    @TempDir
    Path folder;

    private final MavenProject project = new MavenProject(new Model());

    @BeforeEach
    void project() {
        project.setGroupId("shop");
        project.setArtifactId("orders");
        project.setVersion("1");
        project.setPackaging("jar");
        project.setFile(folder.resolve("pom.xml").toFile());
        Build build = project.getBuild();
        build.setDirectory(folder.resolve("target").toString());
        build.setOutputDirectory(folder.resolve("target/classes").toString());
        build.setFinalName("orders-1");
    }

    @Test
    void applicationWhenModulesAndSnapshotsAreUsedTellsThemApart() {
        Artifact words = artifact("words", "1-SNAPSHOT", "compile");
        artifacts(
                words,
                artifact("gson", "2.0", "runtime"),
                artifact("nightly", "3-20260101.120000-1", "compile"),
                artifact("junit", "4", "test"),
                artifact("servlet-api", "6", "provided"));
        MavenProject module = new MavenProject(new Model());
        project.getProjectReferences().put("shop:words:1-SNAPSHOT", module);

        List<ImageRequest.Dependency> dependencies =
                new ProjectContents(project).application().dependencies();

        assertThat(dependencies)
                .containsExactly(
                        new ImageRequest.Dependency(words.getFile().toPath(), true, true),
                        new ImageRequest.Dependency(Path.of("/repo/gson.jar"), false, false),
                        new ImageRequest.Dependency(Path.of("/repo/nightly.jar"), true, false));
    }

    @ParameterizedTest(name = "compiler release {0}, target {1}, property {2}: {3}")
    @CsvSource({"21,,, 21", ",1.8,, 8", ",,17, 17", "11,,17, 11"})
    void defaultBaseWhenTheProjectNamesItsReleaseTakesThatJre(
            String release, String target, String property, String expected) {
        Plugin compiler = new Plugin();
        compiler.setArtifactId("maven-compiler-plugin");
        Xpp3Dom configuration = new Xpp3Dom("configuration");
        add(configuration, "release", release);
        add(configuration, "target", target);
        compiler.setConfiguration(configuration);
        project.getBuild().addPlugin(compiler);
        if (property != null) {
            project.getProperties().setProperty("maven.compiler.release", property);
        }

        assertThat(new ProjectContents(project).defaultBase())
                .isEqualTo("public.ecr.aws/docker/library/eclipse-temurin:" + expected + "-jre");
    }

    @Test
    void hasActuatorWhenItIsOnTheRuntimeClassPathOnly() {
        artifacts(spring("compile"));
        assertThat(new ProjectContents(project).hasActuator()).isTrue();

        artifacts(spring("test"));
        assertThat(new ProjectContents(project).hasActuator()).isFalse();
    }

    private void artifacts(Artifact... artifacts) {
        project.setArtifacts(new LinkedHashSet<>(List.of(artifacts)));
        assertThat(project.getArtifacts()).isEqualTo(Set.of(artifacts));
    }

    private static Artifact spring(String scope) {
        Artifact artifact = artifact("spring-boot-actuator-autoconfigure", "3.5.8", scope);
        artifact.setGroupId("org.springframework.boot");
        return artifact;
    }

    private static Artifact artifact(String name, String version, String scope) {
        DefaultArtifactHandler handler = new DefaultArtifactHandler("jar");
        handler.setAddedToClasspath(true);
        Artifact artifact = new DefaultArtifact("shop", name, version, scope, "jar", null, handler);
        artifact.setFile(new File("/repo/" + name + ".jar"));
        return artifact;
    }

    private static void add(Xpp3Dom configuration, String name, String value) {
        if (value != null) {
            Xpp3Dom element = new Xpp3Dom(name);
            element.setValue(value);
            configuration.addChild(element);
        }
    }
}
