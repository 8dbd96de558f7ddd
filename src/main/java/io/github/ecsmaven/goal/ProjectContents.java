package io.github.ecsmaven.goal;

import io.github.ecsmaven.image.ImageRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** What a Maven project puts into its image. */
final class ProjectContents {
    private static final Set<String> RUNTIME_SCOPES = Set.of(Artifact.SCOPE_COMPILE, Artifact.SCOPE_RUNTIME);
    private static final String COMPILER = "org.apache.maven.plugins:maven-compiler-plugin";

    private final MavenProject project;

    ProjectContents(MavenProject project) {
        this.project = project;
    }

    ImageRequest.Application application() {
        return new ImageRequest.Application(
                project.getArtifactId(),
                project.getVersion(),
                Path.of(project.getBuild().getOutputDirectory()),
                war(),
                runtimeArtifacts().map(this::dependency).toList(),
                project.getBasedir().toPath().resolve("src/main/jib"),
                javaRelease());
    }

    /** Jib's own default server for a WAR; else the JRE of the project's Java release. */
    String defaultBase() {
        return isWar() ? "jetty" : "public.ecr.aws/docker/library/eclipse-temurin:" + javaRelease() + "-jre";
    }

    /** True when the application answers {@code /actuator/health}. */
    boolean hasActuator() {
        return runtimeArtifacts()
                .anyMatch(artifact -> "org.springframework.boot".equals(artifact.getGroupId())
                        && artifact.getArtifactId().startsWith("spring-boot-actuator"));
    }

    private boolean isWar() {
        return "war".equals(project.getPackaging());
    }

    private Optional<Path> war() {
        Path exploded =
                Path.of(project.getBuild().getDirectory(), project.getBuild().getFinalName());
        Path packed = exploded.resolveSibling(exploded.getFileName() + ".war");
        return isWar() ? Optional.of(Files.isDirectory(exploded) ? exploded : packed) : Optional.empty();
    }

    private Stream<Artifact> runtimeArtifacts() {
        return project.getArtifacts().stream()
                .filter(artifact -> RUNTIME_SCOPES.contains(artifact.getScope()))
                .filter(artifact -> artifact.getArtifactHandler().isAddedToClasspath())
                .filter(artifact -> artifact.getFile() != null);
    }

    private ImageRequest.Dependency dependency(Artifact artifact) {
        Map<String, MavenProject> modules = project.getProjectReferences();
        String key = artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getBaseVersion();
        return new ImageRequest.Dependency(
                artifact.getFile().toPath(), artifact.isSnapshot(), modules.containsKey(key));
    }

    /** What it is compiled for; that of this JVM where the project doesn't say. */
    int javaRelease() {
        return Stream.of("release", "target")
                .flatMap(name -> Stream.of(compilerElement(name), property("maven.compiler." + name)))
                .flatMap(Optional::stream)
                .map(ProjectContents::major)
                .filter(release -> release > 0)
                .findFirst()
                .orElse(Runtime.version().feature());
    }

    private Optional<String> property(String name) {
        Properties properties = project.getProperties();
        return OptionText.text(properties.getProperty(name));
    }

    private Optional<String> compilerElement(String name) {
        Plugin compiler = project.getPlugin(COMPILER);
        return compiler != null && compiler.getConfiguration() instanceof Xpp3Dom dom
                ? Optional.ofNullable(dom.getChild(name)).flatMap(child -> OptionText.text(child.getValue()))
                : Optional.empty();
    }

    /** {@code 1.8} is 8; 0 for what is no number. */
    static int major(String text) {
        String number = text.startsWith("1.") ? text.substring(2) : text;
        return number.matches("\\d{1,3}") ? Integer.parseInt(number) : 0;
    }
}
