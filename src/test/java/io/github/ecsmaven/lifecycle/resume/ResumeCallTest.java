package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.PluginResolutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeCallTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-27T12:00:00.123Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private MavenProject project;
    private Path record;

    @BeforeEach
    void module() throws IOException {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId("a");
        model.setVersion("1");
        model.setBuild(new Build());
        model.getBuild().setDirectory(folder.resolve("target").toString());
        model.getBuild().setOutputDirectory(folder.resolve("target/classes").toString());
        model.getBuild()
                .setTestOutputDirectory(folder.resolve("target/test-classes").toString());
        project = new MavenProject(model);
        project.setFile(Files.writeString(folder.resolve("pom.xml"), "pom").toFile());
        record = folder.resolve("target/ecs/phases.json");
    }

    /** The last phase whose goal began, whether the module was built to the end, and the last phase that is done. */
    @ParameterizedTest
    @CsvSource({
        "process-test-classes, true, test",
        "test, true, test",
        "test, false, process-test-classes",
        "compile, false, process-resources",
        "test-resources, false, process-test-sources",
    })
    void endedNotesThePhasesThatAreDone(String reached, boolean whole, String last) {
        ResumeCall call = begin("test");

        call.reached(project, reached);
        call.ended(project, whole, Set.of());

        PhaseRecord done = new ModuleState(project).read().orElseThrow();
        assertThat(done.phases().get(done.phases().size() - 1)).isEqualTo(last);
        assertThat(done.ended()).isEqualTo("2026-11-27T12:00:00Z");
    }

    @Test
    void endedBeforeAnythingBeganNotesNothing() {
        begin("test").ended(project, false, Set.of());

        assertThat(record).doesNotExist();
    }

    /** Whether a call without ecs.resume leaves the record of those before it. */
    @ParameterizedTest
    @CsvSource({
        "test, false",
        "clean, false",
        "ecs:report, true",
        "ecs:push ecs:redeploy, true",
        "ecs:help deploy, false"
    })
    void forgetWhenPhasesRun(String goals, boolean kept) throws IOException {
        Files.createDirectories(record.getParent());
        Files.writeString(record, "{}");

        ResumeCall.forget(session(), List.of(goals.split(" ")));

        assertThat(Files.exists(record)).isEqualTo(kept);
    }

    /** What was recorded can't be trusted from then on: half of it may be made anew. */
    @ParameterizedTest
    @CsvSource({"clean test, ''", "test, changed", "deploy, ''"})
    void beginWhenNothingCanBeGoneOnFromForgets(String goals, String pom) throws IOException {
        ResumeCall call = begin("test");
        call.ended(project, true, Set.of());
        assertThat(record).exists();

        Files.writeString(folder.resolve("pom.xml"), pom.isEmpty() ? "pom" : pom);
        // Of deploy a plugin can't be found.
        assertThat(begin(goals).done(project)).isEmpty();

        assertThat(record).doesNotExist();
    }

    @Test
    void beginForGoalsWithoutPhasesKeepsWhatIsDone() {
        begin("test").ended(project, true, Set.of());

        assertThat(begin("ecs:push").done(project)).contains("test").doesNotContain("package");

        assertThat(record).exists();
    }

    private ResumeCall begin(String goals) {
        LifecycleExecutor none = (LifecycleExecutor) Proxy.newProxyInstance(
                LifecycleExecutor.class.getClassLoader(),
                new Class<?>[] {LifecycleExecutor.class},
                (proxy, method, arguments) -> {
                    throw new PluginResolutionException(new Plugin(), new IllegalStateException("not found"));
                });
        return ResumeCall.begin(session(), List.of(goals.split(" ")), none, NOON);
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        MavenSession session = new MavenSession(
                null,
                new DefaultRepositorySystemSession(),
                new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(project));
        return session;
    }
}
