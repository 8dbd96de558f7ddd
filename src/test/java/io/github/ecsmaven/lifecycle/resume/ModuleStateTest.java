package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.Model;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleStateTest {
    private static final Set<String> PACKAGED = Phases.called(List.of("package"));

    @TempDir
    Path machine;

    @TempDir
    Path other;

    /** A module has those of its parents. */
    @Test
    void profilesThatOnlySayWhereToDeployDontCount() throws IOException {
        MavenProject module = project(machine);
        MavenProject parent = project(other);
        module.setParent(parent);
        parent.setActiveProfiles(List.of(
                profile("production", "ecs.cluster"), profile("mixed", "ecs.cluster", "java.version"), building()));
        module.setInjectedProfileIds("shop:parent:1", List.of("production", "mixed", "building", "unknown"));

        assertThat(new ModuleState(module).now("sha256:1").profiles()).containsExactly("building", "mixed", "unknown");
    }

    private static Profile building() {
        Profile profile = profile("building", "ecs.cluster");
        profile.setBuild(new BuildBase());
        return profile;
    }

    private static Profile profile(String id, String... properties) {
        Profile profile = new Profile();
        profile.setId(id);
        List.of(properties).forEach(name -> profile.addProperty(name, "x"));
        return profile;
    }

    @Test
    @SuppressWarnings("deprecation") // What MavenProjectHelper calls.
    void putBackOnAnotherMachineIsWhatWasRecorded() throws IOException {
        MavenProject made = project(machine);
        made.getArtifact().setFile(file(machine, "target/a-1.jar"));
        made.addAttachedArtifact(attached(made, "test-jar", "tests", "jar", file(machine, "target/a-1-tests.jar")));
        made.addCompileSourceRoot(machine.resolve("src/main/java").toString());
        made.addCompileSourceRoot(
                machine.resolve("target/generated-sources/api").toString());
        made.addTestCompileSourceRoot(
                machine.resolve("target/generated-test-sources/x").toString());
        made.setPomFile(file(machine, "target/small.xml"));
        Files.createDirectories(machine.resolve("target/classes"));
        ModuleState state = new ModuleState(made);
        state.write(state.record("2026-11-27T06:40:12Z", "sha256:1", PACKAGED));
        Files.createDirectories(other.resolve("target/ecs"));
        Files.copy(machine.resolve("target/ecs/phases.json"), other.resolve("target/ecs/phases.json"));

        MavenProject found = project(other);
        PhaseRecord record = new ModuleState(found).read().orElseThrow();
        new ModuleState(found).putBack(record, PACKAGED);

        assertThat(record)
                .isEqualTo(new PhaseRecord(
                        "shop:a:1",
                        "2026-11-27T06:40:12Z",
                        "sha256:1",
                        List.of(),
                        List.copyOf(PACKAGED),
                        Optional.of("target/classes"),
                        Optional.empty(),
                        Optional.of("target/a-1.jar"),
                        List.of(new PhaseRecord.Attached(
                                "test-jar", Optional.of("tests"), "jar", "target/a-1-tests.jar")),
                        Optional.of("target/small.xml"),
                        new PhaseRecord.Roots(
                                List.of("target/generated-sources/api"), List.of("target/generated-test-sources/x"))));
        assertThat(found.getArtifact().getFile())
                .isEqualTo(other.resolve("target/a-1.jar").toFile());
        assertThat(found.getAttachedArtifacts()).singleElement().satisfies(artifact -> {
            assertThat(artifact.getId()).isEqualTo("shop:a:test-jar:tests:1");
            assertThat(artifact.getArtifactHandler().getExtension()).isEqualTo("jar");
            assertThat(artifact.getFile())
                    .isEqualTo(other.resolve("target/a-1-tests.jar").toFile());
        });
        assertThat(found.getFile()).isEqualTo(other.resolve("target/small.xml").toFile());
        assertThat(found.getCompileSourceRoots())
                .containsExactly(other.resolve("target/generated-sources/api").toString());
        assertThat(found.hasLifecyclePhase("compile")).isTrue();
        assertThat(found.hasLifecyclePhase("verify")).isFalse();
    }

    /** As the compiler's plugin leaves it: the jar plugin would refuse a file. */
    @Test
    void recordWhenNothingIsPackagedHasNoArtifact() throws IOException {
        MavenProject project = project(machine);
        Path classes = Files.createDirectories(machine.resolve("target/classes"));
        project.getArtifact().setFile(classes.toFile());

        PhaseRecord record = new ModuleState(project).record("", "", Phases.called(List.of("compile")));

        assertThat(record.artifact()).isEmpty();
        assertThat(record.classes()).contains("target/classes");
        assertThat(record.pom()).isEmpty();
    }

    @Test
    void readWhenTheRecordIsCutOffIsNothing() throws IOException {
        MavenProject project = project(machine);
        Files.createDirectories(machine.resolve("target/ecs"));
        Files.writeString(machine.resolve("target/ecs/phases.json"), "{\"project\": \"sh");

        assertThat(new ModuleState(project).read()).isEmpty();
    }

    private static File file(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name).toFile();
    }

    private static Artifact attached(
            MavenProject project, String type, String classifier, String extension, File file) {
        DefaultArtifactHandler handler = new DefaultArtifactHandler(type);
        handler.setExtension(extension);
        Artifact artifact = new DefaultArtifact(
                project.getGroupId(), project.getArtifactId(), project.getVersion(), null, type, classifier, handler);
        artifact.setFile(file);
        return artifact;
    }

    private static MavenProject project(Path folder) throws IOException {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId("a");
        model.setVersion("1");
        model.setBuild(new Build());
        model.getBuild().setDirectory(folder.resolve("target").toString());
        model.getBuild().setOutputDirectory(folder.resolve("target/classes").toString());
        model.getBuild()
                .setTestOutputDirectory(folder.resolve("target/test-classes").toString());
        model.setPomFile(file(folder, "pom.xml"));
        MavenProject project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        DefaultArtifactHandler jar = new DefaultArtifactHandler("jar");
        project.setArtifact(new DefaultArtifact("shop", "a", "1", null, "jar", null, jar));
        return project;
    }
}
