package io.github.ecsmaven.ecs.verdict;

import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.PROVED;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.crashed;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.fail;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.failedDeployment;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.rolling;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.row;
import static io.github.ecsmaven.ecs.verdict.EvaluateRolloutTest.superseded;
import static io.github.ecsmaven.ecs.verdict.Seen.FAMILY;
import static io.github.ecsmaven.ecs.verdict.Seen.T0;
import static io.github.ecsmaven.ecs.verdict.Seen.seen;
import static io.github.ecsmaven.ecs.verdict.Seen.shifting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link EvaluateRollout} where traffic is shifted, and where all traffic is what is waited for. */
class EvaluateTrafficTest {
    private static final Strategy BLUE_GREEN =
            new Strategy(Strategy.Kind.BLUE_GREEN, Duration.ofMinutes(10), 100, Duration.ZERO, List.of());

    @ParameterizedTest(name = "{0}")
    @MethodSource({"traffic", "stages"})
    void evaluate(String label, Seen seen, Expected expected, int second, Verdict verdict) {
        assertThat(EvaluateRollout.evaluate(seen.done(), expected, T0.plusSeconds(second)))
                .isEqualTo(verdict);
    }

    static Stream<Arguments> traffic() {
        Expected complete = shifting(BLUE_GREEN, WaitFor.complete);
        Expected traffic = shifting(BLUE_GREEN, WaitFor.traffic);
        Expected rolling = shifting(Strategy.ROLLING, WaitFor.traffic);
        return Stream.of(
                row(
                        "all traffic, but it bakes",
                        baking(),
                        complete,
                        waiting("new 2/2  old 2/2, baking, 9 min 30 s of 10 min left")),
                row("all traffic is enough", baking(), traffic, PROVED),
                row(
                        "all traffic, a hook decides after it",
                        side().stage("POST_PRODUCTION_TRAFFIC_SHIFT", Optional.of(100.0))
                                .running("UNKNOWN"),
                        traffic,
                        PROVED),
                row(
                        "asked for 100 %, but still shifting",
                        side().stage("PRODUCTION_TRAFFIC_SHIFT", Optional.of(100.0))
                                .running("UNKNOWN"),
                        traffic,
                        waiting("new 2/2  old 2/2, production traffic 100 %")),
                row(
                        "all traffic on another image",
                        side().stage("BAKE_TIME", Optional.empty()).image("sha256:other"),
                        traffic,
                        fail(Kind.WRONG_IMAGE, "sha256:other")),
                row(
                        "steady long before it is complete",
                        seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 2)
                                .stage("BAKE_TIME", Optional.empty())
                                .running("UNKNOWN"),
                        complete,
                        waiting("new 2/2  old 2/2, baking, 9 min 30 s of 10 min left")),
                row("baked and successful", side().tracked("SUCCESSFUL").running("UNKNOWN"), complete, PROVED),
                row(
                        "history may not be read: completed",
                        seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0).running("UNKNOWN"),
                        complete,
                        PROVED),
                row(
                        "history may not be read: no traffic is known",
                        side().running("UNKNOWN"),
                        traffic,
                        waiting("new 2/2  old 2/2")),
                row(
                        "not PRIMARY while it is under way",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 2, 0, 0)
                                .old("PRIMARY", "COMPLETED", 2)
                                .stage("TEST_TRAFFIC_SHIFT", Optional.of(0.0)),
                        complete,
                        waiting("new 2/2  old 2/2, shifting the test traffic")),
                row(
                        "superseded",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 2, 0, 0)
                                .other("IN_PROGRESS", 0)
                                .tracked("STOPPED"),
                        complete,
                        superseded()),
                row(
                        "rolled back while it baked",
                        seen().fresh("ACTIVE", "FAILED", 2, 0, 0)
                                .old("PRIMARY", "COMPLETED", 2)
                                .tracked("ROLLBACK_SUCCESSFUL"),
                        traffic,
                        fail(Kind.ROLLED_BACK, FAMILY + 17)),
                row(
                        "failed, its rollback is to come also without circuit breaker",
                        failedDeployment("PRIMARY", "ACTIVE"),
                        complete,
                        waiting("new 0/2, 3 failed  old 2/2, failed, ECS is about to roll back")),
                row("no breaker, crash loop", crashed(rolling(0, 1), 3), complete, fail(Kind.CRASH_LOOP, "")),
                row(
                        "no capacity for the green ones",
                        rolling(0, 0)
                                .stage("SCALE_UP", Optional.of(0.0))
                                .event("(service orders) was unable to place a task."),
                        complete,
                        waiting("new 0/2  old 2/2, starting the new tasks, no capacity for new tasks")),
                arguments(
                        "too late in its bake time",
                        baking(),
                        complete,
                        900,
                        fail(Kind.TIMEOUT, "new 2/2  old 2/2, baking, the 10 min are over")),
                row(
                        "rolling: old ones only drain",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 0)
                                .running("UNKNOWN")
                                .drainingOld(),
                        rolling,
                        PROVED),
                row(
                        "rolling: one old task serves",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 1)
                                .running("UNKNOWN"),
                        rolling,
                        waiting("new 2/2  old 1/2, ECS has not found the new tasks healthy yet (health checks)")),
                row(
                        "rolling: the old ones went first",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 1, 1, 0).old("ACTIVE", "COMPLETED", 0),
                        rolling,
                        waiting("new 1/2 (1 pending)  old 0/2")),
                row(
                        "rolling: nothing to shift from",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0).running("UNKNOWN"),
                        rolling,
                        waiting("new 2/2  old 0/2, ECS has not completed it yet (health checks, bake time, alarms)")));
    }

    static Stream<Arguments> stages() {
        Expected blueGreen = shifting(BLUE_GREEN, WaitFor.complete);
        Expected hooked = shifting(
                new Strategy(
                        Strategy.Kind.LINEAR,
                        Duration.ofMinutes(10),
                        12.5,
                        Duration.ofMinutes(1),
                        List.of(List.of("POST_TEST_TRAFFIC_SHIFT"), List.of("PRE_SCALE_UP", "POST_SCALE_UP"))),
                WaitFor.complete);
        return Stream.of(
                stage("RECONCILE_SERVICE", blueGreen, 0, "several versions run, ECS reconciles them"),
                stage("PRE_SCALE_UP", blueGreen, 0, "about to start the new tasks"),
                stage("PRE_SCALE_UP", hooked, 0, "about to start the new tasks, a hook decides"),
                stage("SCALE_UP", blueGreen, 0, "starting the new tasks"),
                stage("POST_SCALE_UP", blueGreen, 0, "the new tasks run, no traffic yet"),
                stage("TEST_TRAFFIC_SHIFT", hooked, 0, "shifting the test traffic"),
                stage("POST_TEST_TRAFFIC_SHIFT", hooked, 0, "test traffic shifted, a hook decides"),
                stage("PRODUCTION_TRAFFIC_SHIFT", blueGreen, 0, "production traffic 12.5 %"),
                stage("POST_PRODUCTION_TRAFFIC_SHIFT", blueGreen, 0, "production traffic shifted"),
                stage("BAKE_TIME", blueGreen, 1, "baking, 10 min of 10 min left"),
                stage("BAKE_TIME", blueGreen, 360, "baking, 4 min of 10 min left"),
                stage("BAKE_TIME", blueGreen, 899, "baking, the 10 min are over"),
                stage("CLEAN_UP", blueGreen, 0, "baked, the old tasks go"),
                stage("SOMETHING_NEW", blueGreen, 0, "something new"),
                row(
                        "PRODUCTION_TRAFFIC_SHIFT without a load balancer",
                        side().stage("PRODUCTION_TRAFFIC_SHIFT", Optional.empty()),
                        blueGreen,
                        waiting("new 2/2  old 2/2, shifting the production traffic")));
    }

    private static Arguments stage(String stage, Expected expected, int second, String words) {
        return arguments(
                stage + " after " + second + " s",
                side().stage(stage, Optional.of(12.5)),
                expected,
                second,
                waiting("new 2/2  old 2/2, " + words));
    }

    /** Old and new side by side. */
    private static Seen side() {
        return rolling(2, 0);
    }

    private static Seen baking() {
        return side().stage("BAKE_TIME", Optional.of(100.0)).running("UNKNOWN");
    }

    /** {@code wait} can't be imported: each object has one. */
    private static Verdict waiting(String state) {
        return EvaluateRolloutTest.wait(state);
    }
}
