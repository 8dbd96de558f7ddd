package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Seen.FAMILY;
import static io.github.ecsmaven.ecs.Seen.T0;
import static io.github.ecsmaven.ecs.Seen.expected;
import static io.github.ecsmaven.ecs.Seen.first;
import static io.github.ecsmaven.ecs.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.ecs.Expected.Breaker;
import io.github.ecsmaven.ecs.Verdict.Done;
import io.github.ecsmaven.ecs.Verdict.Failed;
import io.github.ecsmaven.ecs.Verdict.Kind;
import io.github.ecsmaven.ecs.Verdict.Proof;
import io.github.ecsmaven.ecs.Verdict.Waiting;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluateRolloutTest {
    private static final Expected OFF = expected(Breaker.OFF);
    private static final Expected STOPS = expected(Breaker.STOPS);
    private static final Expected BACK = expected(Breaker.ROLLS_BACK);
    private static final String ESSENTIAL = "Essential container in task exited";
    private static final Done PROVED = new Done(Proof.SHOWN, "");

    @ParameterizedTest(name = "{0}")
    @MethodSource({"waiting", "done", "failed", "late"})
    void evaluate(String label, Seen seen, Expected expected, int second, Verdict verdict) {
        assertThat(EvaluateRollout.evaluate(seen.done(), expected, T0.plusSeconds(second)))
                .isEqualTo(verdict);
    }

    static Stream<Arguments> waiting() {
        return Stream.of(
                row("begun", rolling(0, 2), BACK, wait("new 0/2 (2 pending)  old 2/2")),
                row("one up", rolling(1, 1), BACK, wait("new 1/2 (1 pending)  old 2/2")),
                row("healthy counted", rolling(2, 0).running("HEALTHY"), BACK, wait("new 2/2 (1 healthy)  old 2/2")),
                row(
                        "all healthy",
                        rolling(2, 0).running("HEALTHY").running("HEALTHY"),
                        BACK,
                        wait("new 2/2 healthy  old 2/2")),
                row(
                        "old ones drain",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 1)
                                .drainingOld(),
                        BACK,
                        wait("new 2/2  old 1/2 (1 draining)")),
                row(
                        "some failed",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 0, 1, 2).old("ACTIVE", "COMPLETED", 2),
                        BACK,
                        wait("new 0/2 (1 pending, 2 failed)  old 2/2")),
                row(
                        "a new service",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 0, 2, 0),
                        first(Breaker.ROLLS_BACK),
                        wait("new 0/2 (2 pending)")),
                row("the update is not seen yet", seen().old("PRIMARY", "COMPLETED", 2), OFF, wait("not visible yet")),
                row("nothing listed yet", seen(), OFF, wait("not visible yet")),
                row(
                        "service deployment pending",
                        rolling(0, 2).tracked("PENDING"),
                        BACK,
                        wait("new 0/2 (2 pending)  old 2/2")),
                row(
                        "two crashes are no loop yet",
                        crashed(rolling(0, 1), 2),
                        OFF,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "three different ends are no loop",
                        rolling(0, 1)
                                .stopped("EssentialContainerExited", ESSENTIAL, 1)
                                .stopped("EssentialContainerExited", ESSENTIAL, 137)
                                .stopped("TaskFailedToStart", "CannotPullContainerError: x", 0),
                        OFF,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "scaled in is no crash",
                        rolling(0, 1)
                                .stopped(
                                        "ServiceSchedulerInitiated",
                                        "Scaling activity initiated by (deployment ecs-svc/9)",
                                        143)
                                .stopped(
                                        "ServiceSchedulerInitiated",
                                        "Scaling activity initiated by (deployment ecs-svc/9)",
                                        143)
                                .stopped(
                                        "ServiceSchedulerInitiated",
                                        "Scaling activity initiated by (deployment ecs-svc/9)",
                                        143),
                        OFF,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "Spot is no crash",
                        rolling(0, 1)
                                .stopped("SpotInterruption", "Your Spot Task was interrupted.", 143)
                                .stopped("SpotInterruption", "Your Spot Task was interrupted.", 143)
                                .stopped("SpotInterruption", "Your Spot Task was interrupted.", 143),
                        OFF,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row("ECS's own breaker counts", crashed(rolling(0, 1), 5), BACK, wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "failed, rollback to come",
                        failedDeployment("PRIMARY", "ACTIVE"),
                        BACK,
                        wait("new 0/2 (3 failed)  old 2/2, failed, ECS is about to roll back")),
                row(
                        "rolling back",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        wait("new 0/2 (3 failed)  old 1/2, failed, ECS rolls back to revision 17")),
                row(
                        "rolling back, old counts still say completed",
                        seen().fresh("DRAINING", "FAILED", 0, 0, 3)
                                .old("PRIMARY", "COMPLETED", 2)
                                .tracked("ROLLBACK_IN_PROGRESS"),
                        BACK,
                        wait("new 0/2 (3 failed)  old 2/2, failed, ECS rolls back to revision 17")),
                row(
                        "no rollout state, two deployments",
                        seen().fresh("PRIMARY", "", 2, 0, 0).old("ACTIVE", "", 1),
                        OFF,
                        wait("new 2/2  old 1/2")));
    }

    static Stream<Arguments> done() {
        return Stream.of(
                row("completed", seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0).running("UNKNOWN"), BACK, PROVED),
                row(
                        "successful while the old task drains",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 0)
                                .tracked("SUCCESSFUL")
                                .running("UNKNOWN"),
                        BACK,
                        PROVED),
                row(
                        "no rollout state, alone and steady",
                        seen().fresh("PRIMARY", "", 2, 0, 0).running("UNKNOWN"),
                        OFF,
                        PROVED),
                row(
                        "desired 0 from the start",
                        seen().service("ACTIVE", 0).fresh("PRIMARY", "COMPLETED", 0, 0, 0),
                        scaledDown(),
                        new Done(Proof.NONE, "")),
                row(
                        "crashed first, but completed",
                        crashed(seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0).running("UNKNOWN"), 3),
                        OFF,
                        PROVED));
    }

    static Stream<Arguments> failed() {
        return Stream.of(
                row("deleted", seen().service("MISSING", 0), OFF, fail(Kind.DELETED, "the service is MISSING")),
                row(
                        "being deleted",
                        seen().service("DRAINING", 0).fresh("PRIMARY", "IN_PROGRESS", 0, 0, 0),
                        OFF,
                        fail(Kind.DELETED, "the service is DRAINING")),
                row(
                        "scaled to 0",
                        seen().service("ACTIVE", 0).fresh("PRIMARY", "COMPLETED", 0, 0, 0),
                        OFF,
                        fail(Kind.SCALED_TO_ZERO, "")),
                row("breaker without rollback", failedDeployment("PRIMARY", "ACTIVE"), STOPS, fail(Kind.GIVEN_UP, "")),
                row(
                        "a first deployment has nothing to go back to",
                        seen().fresh("PRIMARY", "FAILED", 0, 0, 3),
                        first(Breaker.ROLLS_BACK),
                        fail(Kind.GIVEN_UP, "")),
                row("stopped by hand", rolling(0, 1).tracked("STOPPED"), OFF, fail(Kind.GIVEN_UP, "")),
                row(
                        "rolled back",
                        seen().fresh("DRAINING", "FAILED", 0, 0, 3).old("PRIMARY", "COMPLETED", 2),
                        BACK,
                        fail(Kind.ROLLED_BACK, FAMILY + 17)),
                row(
                        "rolled back, ours is gone",
                        seen().old("PRIMARY", "COMPLETED", 2).tracked("ROLLBACK_SUCCESSFUL"),
                        BACK,
                        fail(Kind.ROLLED_BACK, FAMILY + 17)),
                row(
                        "rolled back, known by its event only",
                        seen().old("PRIMARY", "COMPLETED", 2)
                                .event(
                                        "(service orders) (deployment ecs-svc/new) deployment failed: tasks failed to start."),
                        BACK,
                        fail(Kind.ROLLED_BACK, FAMILY + 17)),
                row(
                        "rollback failed",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3)
                                .old("PRIMARY", "FAILED", 0)
                                .tracked("ROLLBACK_FAILED"),
                        BACK,
                        fail(Kind.ROLLBACK_FAILED, "")),
                row(
                        "rollback failed, untracked",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "FAILED", 0),
                        BACK,
                        fail(Kind.ROLLBACK_FAILED, "")),
                row(
                        "superseded",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 1, 0, 0).other("IN_PROGRESS", 0),
                        BACK,
                        superseded()),
                row("superseded and gone", seen().other("COMPLETED", 2), BACK, superseded()),
                row("crash loop", crashed(rolling(0, 1), 3), OFF, fail(Kind.CRASH_LOOP, "")),
                row(
                        "health check loop",
                        rolling(1, 1)
                                .stopped("ServiceSchedulerInitiated", "Task failed container health checks", 143)
                                .stopped("ServiceSchedulerInitiated", "Task failed container health checks", 143)
                                .stopped("ServiceSchedulerInitiated", "Task failed container health checks", 143),
                        OFF,
                        fail(Kind.CRASH_LOOP, "")));
    }

    static Stream<Arguments> late() {
        return Stream.of(
                arguments("just in time", rolling(1, 1), OFF, 899, wait("new 1/2 (1 pending)  old 2/2")),
                arguments("too late", rolling(1, 1), OFF, 900, fail(Kind.TIMEOUT, "new 1/2 (1 pending)  old 2/2")),
                arguments(
                        "a true end counts even late",
                        seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0).running("UNKNOWN"),
                        OFF,
                        5000,
                        PROVED),
                arguments(
                        "a rollback is followed on",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        1700,
                        wait("new 0/2 (3 failed)  old 1/2, failed, ECS rolls back to revision 17")),
                arguments(
                        "but not for ever",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        1800,
                        fail(Kind.TIMEOUT, "new 0/2 (3 failed)  old 1/2, failed, ECS rolls back to revision 17")));
    }

    private static Arguments row(String label, Seen seen, Expected expected, Verdict verdict) {
        return arguments(label, seen, expected, 30, verdict);
    }

    private static Seen rolling(int running, int pending) {
        return seen().fresh("PRIMARY", "IN_PROGRESS", running, pending, 0).old("ACTIVE", "COMPLETED", 2);
    }

    private static Seen failedDeployment(String ours, String old) {
        return seen().fresh(ours, "FAILED", 0, 0, 3).old(old, "COMPLETED", 2);
    }

    private static Seen crashed(Seen seen, int times) {
        for (int i = 0; i < times; i++) {
            seen.stopped("EssentialContainerExited", ESSENTIAL, 1);
        }
        return seen;
    }

    private static Expected scaledDown() {
        Expected e = OFF;
        return new Expected(
                e.cluster(),
                e.service(),
                e.deploymentId(),
                e.taskDefinition(),
                e.good(),
                e.container(),
                e.image(),
                0,
                e.breaker(),
                e.started(),
                e.timeout());
    }

    private static Waiting wait(String state) {
        return new Waiting(aligned(state));
    }

    private static Failed fail(Kind kind, String why) {
        return new Failed(kind, aligned(why));
    }

    /** In the table two blanks stand between the columns. */
    private static String aligned(String state) {
        String[] columns = state.split("  ", 2);
        return columns.length == 1 ? state : String.format("%-30s  %s", columns[0], columns[1]);
    }

    private static Failed superseded() {
        return fail(Kind.SUPERSEDED, "deployment ecs-svc/other with revision 19 took over");
    }
}
