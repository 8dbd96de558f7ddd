package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.goal.SessionBoard;
import io.github.ecsmaven.goal.SessionSecrets;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageListenerTest {
    private final List<String> told = new ArrayList<>();

    @TempDir
    Path target;

    /** Without its mark no image is pushed, in a later call either. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "maven-checkstyle-plugin, verify, false",
        "maven-failsafe-plugin, verify, false",
        "maven-install-plugin, install, true",
        "ecs-maven-plugin, deploy, true",
    })
    void failureInThePhaseVerifyTakesTheMarkOfTheTestedImageAway(String plugin, String phase, boolean tested)
            throws IOException {
        Path mark = Files.createDirectories(target.resolve("ecs")).resolve("tested.json");
        Files.writeString(mark, "{}");

        StageClock clock = new StageClock(System::nanoTime, Instant.EPOCH);
        MavenSession session = session();
        listener(session, clock).mojoFailed(event(session, goal(plugin, "check", phase)));

        assertThat(Files.exists(mark)).isEqualTo(tested);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"redeploy, ROLLOUT", "upload, UPLOAD", "upload-rollback, ROLLBACK"})
    void smokeTestOfAGoalIsAStageOfItsOwn(String goal, Stage stage) {
        StageClock clock = new StageClock(System::nanoTime, Instant.EPOCH);
        MavenSession session = session();
        new SessionBoard(session).note(project(), "smoke nanos", "3000000000");

        listener(session, clock).mojoSucceeded(event(session, goal("ecs-maven-plugin", goal, "deploy")));

        StageClock.Module module = clock.module(project().getId());
        assertThat(module.took(Stage.SMOKE)).contains(Duration.ofSeconds(3));
        assertThat(module.took(stage)).contains(Duration.ZERO);
    }

    private StageListener listener(MavenSession session, StageClock clock) {
        return new StageListener(
                null,
                clock,
                new SandboxAhead(session),
                new RecordStages(session, clock, new SessionSecrets(session, Optional.empty()), project -> Set.of()),
                Optional.empty(),
                told::add);
    }

    private static MojoExecution goal(String artifactId, String name, String phase) {
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        MojoExecution goal = new MojoExecution(plugin, name, "mine");
        goal.setLifecyclePhase(phase);
        return goal;
    }

    private MavenProject project() {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId("orders");
        model.setVersion("1");
        model.setBuild(new Build());
        model.getBuild().setDirectory(target.toString());
        return new MavenProject(model);
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private MavenSession session() {
        MavenSession session = new MavenSession(
                null,
                new DefaultRepositorySystemSession(),
                new DefaultMavenExecutionRequest(),
                new DefaultMavenExecutionResult());
        session.setProjects(List.of(project()));
        return session;
    }

    /** Maven's own class of events is not public. */
    private ExecutionEvent event(MavenSession session, MojoExecution goal) {
        MavenProject project = project();
        return (ExecutionEvent) Proxy.newProxyInstance(
                ExecutionEvent.class.getClassLoader(),
                new Class<?>[] {ExecutionEvent.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMojoExecution" -> goal;
                    case "getProject" -> project;
                    case "getSession" -> session;
                    case "getException" -> new IllegalStateException("the check failed");
                    default -> null;
                });
    }
}
