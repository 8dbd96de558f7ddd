package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.goal.SessionSecrets;
import io.github.ecsmaven.report.BuildRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.SessionData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitRolloutsTest {
    private final MavenProject orders = project("orders");
    private final MavenProject billing = project("billing");
    private final MavenExecutionResult result = new DefaultMavenExecutionResult();
    private final StageClock clock = new StageClock(System::nanoTime, Instant.EPOCH);
    private final Queue<Callable<Exception>> behind = new ArrayDeque<>();
    private MavenSession session;

    @BeforeEach
    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    void start() {
        DefaultRepositorySystemSession repositories = new DefaultRepositorySystemSession();
        // As the goals of any class realm leave it: see SessionBoard.
        repositories.getData().set("io.github.ecsmaven.behind", behind);
        repositories.getData().set("io.github.ecsmaven.rollout nanos@shop:orders", "3000000000");
        session = new MavenSession(null, repositories, new DefaultMavenExecutionRequest(), result);
        session.setProjects(List.of(orders, billing));
        result.addBuildSummary(new BuildSuccess(orders, 1_000));
        result.addBuildSummary(new BuildSuccess(billing, 1_000));
    }

    @Test
    void runWhenAllWentWellAddsWhatTheyTook() {
        behind.add(() -> null);

        assertThat(new AwaitRollouts(session, clock).run()).isEmpty();

        assertThat(result.hasExceptions()).isFalse();
        assertThat(clock.module(orders.getId()).took(Stage.ROLLOUT))
                .hasValueSatisfying(took -> assertThat(took).hasSeconds(3));
        assertThat(clock.module(orders.getId()).isBroken()).isFalse();
    }

    @Test
    void runWhenSomeFailedFailsEachOfTheirModules() {
        Exception first = new LifecycleExecutionException("orders: rolled back", orders);
        Exception second = new LifecycleExecutionException("billing: no capacity", billing);
        behind.addAll(List.of(() -> first, () -> null, () -> second));

        assertThat(new AwaitRollouts(session, clock).run()).containsExactly(first, second);

        assertThat(result.getExceptions()).containsExactly(first, second);
        assertThat(result.getBuildSummary(orders))
                .isInstanceOfSatisfying(BuildFailure.class, failed -> assertThat(failed.getTime())
                        .isEqualTo(4_000));
        assertThat(clock.module(orders.getId()).end(Stage.ROLLOUT)).isEqualTo(StageClock.End.FAILED);
    }

    @Test
    void runWhenALaterModuleFailedBeforeKeepsTheReactorsOrderForTheHintToResume() {
        Exception before = new LifecycleExecutionException("billing: no capacity", billing);
        Exception behindIt = new LifecycleExecutionException("orders: rolled back", orders);
        result.addException(before);
        behind.add(() -> behindIt);

        new AwaitRollouts(session, clock).run();

        assertThat(result.getExceptions()).containsExactly(behindIt, before);
    }

    @Test
    void runDoesWhatWasPutOffWhenAllElseHasEnded() {
        Exception rollout = new LifecycleExecutionException("orders: rolled back", orders);
        Exception held = new LifecycleExecutionException("billing is not uploaded", billing);
        List<Boolean> failedBefore = new ArrayList<>();
        session.getRepositorySession()
                .getData()
                .set("io.github.ecsmaven.after all", new ArrayDeque<Callable<Exception>>(List.of(() -> {
                    failedBefore.add(result.getBuildSummary(orders) instanceof BuildFailure && result.hasExceptions());
                    session.getRepositorySession()
                            .getData()
                            .set("io.github.ecsmaven.upload nanos@shop:billing", "1000000000");
                    return held;
                })));
        behind.add(() -> rollout);

        assertThat(new AwaitRollouts(session, clock).run()).containsExactly(rollout, held);

        assertThat(failedBefore).containsExactly(true);
        assertThat(result.getExceptions()).containsExactly(rollout, held);
        assertThat(result.getBuildSummary(billing)).isInstanceOf(BuildFailure.class);
        assertThat(clock.module(billing.getId()).end(Stage.UPLOAD)).isEqualTo(StageClock.End.FAILED);
    }

    /** Its module fails for Maven; of its stages none does. */
    @Test
    void runWhenAFrontEndIsHeldBackLeavesItsStageAsNotRun() {
        Exception held = new LifecycleExecutionException("billing is not uploaded", billing);
        // Its goal has put it off, and ended well.
        clock.add(billing.getId(), Stage.UPLOAD, Duration.ofMillis(3), StageClock.End.DONE, null);
        SessionData data = session.getRepositorySession().getData();
        data.set("io.github.ecsmaven.after all", new ArrayDeque<Callable<Exception>>(List.of(() -> {
            data.set("io.github.ecsmaven.upload nanos@shop:billing", "1000000");
            data.set("io.github.ecsmaven.upload held@shop:billing", "true");
            return held;
        })));

        assertThat(new AwaitRollouts(session, clock).run()).containsExactly(held);

        assertThat(result.getBuildSummary(billing)).isInstanceOf(BuildFailure.class);
        assertThat(clock.module(billing.getId()).isBroken()).isFalse();
        assertThat(new RecordStages(session, clock, new SessionSecrets(session, Optional.empty()), module -> Set.of())
                        .of(billing))
                .filteredOn(stage -> stage.stage().equals("upload"))
                .singleElement()
                .satisfies(stage -> assertThat(stage.status()).isEqualTo(BuildRecord.Status.NOT_RUN));
    }

    @Test
    void runOnceMoreFindsNothing() {
        behind.add(() -> new LifecycleExecutionException("orders: rolled back", orders));
        new AwaitRollouts(session, clock).run();

        assertThat(new AwaitRollouts(session, clock).run()).isEmpty();
        assertThat(result.getExceptions()).hasSize(1);
    }

    private static MavenProject project(String name) {
        Model model = new Model();
        model.setGroupId("shop");
        model.setArtifactId(name);
        model.setVersion("1");
        return new MavenProject(model);
    }
}
