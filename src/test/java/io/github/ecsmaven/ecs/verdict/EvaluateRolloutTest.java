package io.github.ecsmaven.ecs.verdict;

import static io.github.ecsmaven.ecs.verdict.Seen.FAMILY;
import static io.github.ecsmaven.ecs.verdict.Seen.T0;
import static io.github.ecsmaven.ecs.verdict.Seen.expected;
import static io.github.ecsmaven.ecs.verdict.Seen.first;
import static io.github.ecsmaven.ecs.verdict.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.ecs.verdict.Expected.Breaker;
import io.github.ecsmaven.ecs.verdict.Verdict.Done;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Proof;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluateRolloutTest {
    private static final Expected OFF = expected(Breaker.OFF);
    private static final Expected STOPS = expected(Breaker.STOPS);
    private static final Expected ALARMS = expected(Breaker.ALARMS_ROLL_BACK);
    private static final Expected BACK = expected(Breaker.ROLLS_BACK);
    private static final String ESSENTIAL = "Essential container in task exited";
    static final Done PROVED = new Done(Proof.SHOWN, "");

    @ParameterizedTest(name = "{0}")
    @MethodSource({"waiting", "done", "failed", "late", "delays", "loops", "others"})
    void evaluate(String label, Seen seen, Expected expected, int second, Verdict verdict) {
        assertThat(EvaluateRollout.evaluate(seen.done(), expected, T0.plusSeconds(second)))
                .isEqualTo(verdict);
    }

    static Stream<Arguments> waiting() {
        return Stream.of(
                row("begun", rolling(0, 2), BACK, wait("new 0/2 (2 pending)  old 2/2")),
                row("one up", rolling(1, 1), BACK, wait("new 1/2 (1 pending)  old 2/2")),
                soon("healthy counted", rolling(2, 0).running("HEALTHY"), BACK, wait("new 2/2 (1 healthy)  old 2/2")),
                row(
                        "all healthy",
                        rolling(2, 0).running("HEALTHY").running("HEALTHY"),
                        BACK,
                        wait("new 2/2 healthy  old 2/2, ECS has not stopped the old tasks yet")),
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
                        wait("new 0/2, 2 failed (1 pending)  old 2/2")),
                row(
                        "all run, after some failed",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 1)
                                .running("HEALTHY")
                                .running("HEALTHY"),
                        first(Breaker.ROLLS_BACK),
                        wait(
                                "new 2/2, 1 failed (2 healthy), ECS has not completed it yet (health checks, bake time, alarms)")),
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
                        wait("new 0/2, 3 failed  old 2/2, failed, ECS is about to roll back")),
                row(
                        "rolling back",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        wait("new 0/2, 3 failed  old 1/2, failed, ECS rolls back to revision 17")),
                row(
                        "rolling back, old counts still say completed",
                        seen().fresh("DRAINING", "FAILED", 0, 0, 3)
                                .old("PRIMARY", "COMPLETED", 2)
                                .tracked("ROLLBACK_IN_PROGRESS"),
                        BACK,
                        wait("new 0/2, 3 failed  old 2/2, failed, ECS rolls back to revision 17")),
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
                        wait("new 0/2, 3 failed  old 1/2, failed, ECS rolls back to revision 17")),
                arguments(
                        "but not for ever",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        1800,
                        fail(Kind.TIMEOUT, "new 0/2, 3 failed  old 1/2, failed, ECS rolls back to revision 17")));
    }

    static Stream<Arguments> delays() {
        return Stream.of(
                row(
                        "no capacity on EC2",
                        rolling(0, 0)
                                .event("(service orders) was unable to place a task because no container instance met"
                                        + " all of its requirements."),
                        OFF,
                        wait("new 0/2  old 2/2, no capacity for new tasks")),
                row(
                        "no capacity on Fargate",
                        rolling(1, 0)
                                .event("(service orders) was unable to place a task. Reason: Capacity is unavailable"),
                        BACK,
                        wait("new 1/2  old 2/2, no capacity for new tasks")),
                row(
                        "a place, but no image",
                        rolling(0, 0)
                                .event("(service orders) was unable to place a task. Reason: CannotPullContainerError:"
                                        + " failed to resolve ref shop/envoy:v9: not found."),
                        OFF,
                        wait("new 0/2  old 2/2")),
                row(
                        "capacity came",
                        rolling(0, 2)
                                .event("(service orders) has started 2 tasks: (task a) (task b).")
                                .event("(service orders) was unable to place a task."),
                        OFF,
                        wait("new 0/2 (2 pending)  old 2/2")),
                row(
                        "capacity was used up",
                        rolling(1, 0)
                                .event("(service orders) was unable to place a task.")
                                .event("(service orders) has started 1 tasks: (task a)."),
                        OFF,
                        wait("new 1/2  old 2/2, no capacity for new tasks")),
                soon(
                        "all run, an old event of missing capacity",
                        rolling(2, 0).running("UNKNOWN").event("(service orders) was unable to place a task."),
                        OFF,
                        wait("new 2/2  old 2/2")),
                later(
                        "draining that lasts",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .old("ACTIVE", "COMPLETED", 0)
                                .running("UNKNOWN")
                                .drainingOld(),
                        BACK,
                        wait(
                                "new 2/2  old 0/2 (1 draining), the old tasks drain (deregistration delay of the target group)")),
                row(
                        "old ones run on",
                        rolling(2, 0).running("UNKNOWN").running("UNKNOWN"),
                        BACK,
                        wait("new 2/2  old 2/2, ECS has not found the new tasks healthy yet (health checks)")),
                row(
                        "the load balancer checks",
                        rolling(2, 0)
                                .running("UNKNOWN")
                                .event("(service orders) registered 2 targets in (target-group arn)")
                                .event("(service orders) has begun draining connections on 1 tasks.")
                                .event("(service orders) has started 2 tasks: (task a) (task b)."),
                        BACK,
                        wait(
                                "new 2/2  old 2/2, the load balancer has not found the new tasks healthy yet (initial health checks)")),
                row(
                        "draining is known from events where tasks can't be read",
                        rolling(2, 0)
                                .running("UNKNOWN")
                                .event("(service orders) has begun draining connections on 2 tasks.")
                                .event("(service orders) registered 2 targets in (target-group arn)"),
                        BACK,
                        wait("new 2/2  old 2/2, the old tasks drain (deregistration delay of the target group)")),
                row(
                        "the container health check of one is pending",
                        rolling(2, 0).running("HEALTHY").running("UNKNOWN"),
                        BACK,
                        wait("new 2/2 (1 healthy)  old 2/2, container health check pending for 1 of 2 new")),
                row(
                        "the container health check fails",
                        rolling(2, 0).running("HEALTHY").running("UNHEALTHY"),
                        BACK,
                        wait("new 2/2 (1 healthy)  old 2/2, container health check failing for 1 of 2 new")),
                later(
                        "bake time",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .running("HEALTHY")
                                .running("HEALTHY")
                                .tracked("IN_PROGRESS"),
                        BACK,
                        wait(
                                "new 2/2 healthy  old 0/2, ECS has not completed it yet (health checks, bake time, alarms)")),
                soon(
                        "bake time has just begun",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .running("HEALTHY")
                                .running("HEALTHY"),
                        BACK,
                        wait("new 2/2 healthy  old 0/2")),
                later(
                        "bake time is over",
                        seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0)
                                .running("HEALTHY")
                                .tracked("SUCCESSFUL"),
                        BACK,
                        PROVED));
    }

    static Stream<Arguments> loops() {
        String pull = "CannotPullContainerError: pull image manifest has been retried %d time(s): failed to resolve ref"
                + " registry/orders@sha256:abab: not found";
        String target = "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x/orders/%d)";
        return Stream.of(
                row(
                        "the image can't be pulled, each time after other retries",
                        rolling(0, 1)
                                .stopped("TaskFailedToStart", pull.formatted(1), Optional.empty(), "")
                                .stopped("TaskFailedToStart", pull.formatted(5), Optional.empty(), "")
                                .stopped("TaskFailedToStart", pull.formatted(7), Optional.empty(), ""),
                        OFF,
                        fail(Kind.CRASH_LOOP, "")),
                row(
                        "the image can't be pulled, twice so far",
                        rolling(0, 1)
                                .stopped("TaskFailedToStart", pull.formatted(1), Optional.empty(), "")
                                .stopped("TaskFailedToStart", pull.formatted(5), Optional.empty(), ""),
                        OFF,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "the image can't be pulled, ECS's breaker counts",
                        rolling(0, 1)
                                .stopped("TaskFailedToStart", pull.formatted(1), Optional.empty(), "")
                                .stopped("TaskFailedToStart", pull.formatted(1), Optional.empty(), "")
                                .stopped("TaskFailedToStart", pull.formatted(1), Optional.empty(), ""),
                        STOPS,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "the load balancer's health check fails",
                        rolling(0, 2)
                                .stopped("ServiceSchedulerInitiated", target.formatted(1), 143)
                                .stopped("ServiceSchedulerInitiated", target.formatted(1), 143)
                                .stopped("ServiceSchedulerInitiated", target.formatted(1), 143),
                        OFF,
                        fail(Kind.CRASH_LOOP, "")),
                row(
                        "with alarms only a loop is ended too",
                        crashed(rolling(0, 1), 3),
                        ALARMS,
                        fail(Kind.CRASH_LOOP, "")),
                row(
                        "of memory",
                        rolling(0, 1)
                                .stopped("EssentialContainerExited", ESSENTIAL, Optional.of(137), "OutOfMemoryError")
                                .stopped("EssentialContainerExited", ESSENTIAL, Optional.of(137), "OutOfMemoryError")
                                .stopped("EssentialContainerExited", ESSENTIAL, Optional.of(137), "OutOfMemoryError"),
                        OFF,
                        fail(Kind.CRASH_LOOP, "")),
                row(
                        "somebody stops tasks by hand",
                        rolling(1, 1)
                                .stopped("UserInitiated", "cleaning up", 143)
                                .stopped("UserInitiated", "cleaning up", 143)
                                .stopped("UserInitiated", "cleaning up", 143),
                        OFF,
                        wait("new 1/2 (1 pending)  old 2/2")),
                row(
                        "a host goes away",
                        rolling(1, 1)
                                .stopped("InfrastructureHealth", "Host EC2 (instance i-1) terminated.", 143)
                                .stopped("InfrastructureHealth", "Host EC2 (instance i-2) terminated.", 143)
                                .stopped("InfrastructureHealth", "Host EC2 (instance i-3) terminated.", 143),
                        OFF,
                        wait("new 1/2 (1 pending)  old 2/2")),
                row(
                        "a few crashes on the way, counted by ECS",
                        crashed(seen().fresh("PRIMARY", "IN_PROGRESS", 1, 1, 2).old("ACTIVE", "COMPLETED", 2), 2),
                        BACK,
                        wait("new 1/2, 2 failed (1 pending)  old 2/2")));
    }

    static Stream<Arguments> others() {
        String alarm = "(service orders) (deployment ecs-svc/new) deployment failed: alarm detected.";
        return Stream.of(
                row(
                        "an alarm went off, ECS is to roll back",
                        failedDeployment("PRIMARY", "ACTIVE").event(alarm),
                        ALARMS,
                        wait("new 0/2, 3 failed  old 2/2, failed, ECS is about to roll back")),
                row(
                        "an alarm rolled it back",
                        seen().fresh("ACTIVE", "FAILED", 0, 0, 0)
                                .old("PRIMARY", "COMPLETED", 2)
                                .event(alarm),
                        ALARMS,
                        fail(Kind.ROLLED_BACK, FAMILY + 17)),
                row(
                        "an alarm ended it, nothing rolls back",
                        failedDeployment("PRIMARY", "ACTIVE").event(alarm),
                        OFF,
                        fail(Kind.GIVEN_UP, "")),
                row(
                        "failed, but not by the alarm that would roll back",
                        failedDeployment("PRIMARY", "ACTIVE"),
                        ALARMS,
                        fail(Kind.GIVEN_UP, "")),
                arguments(
                        "ECS does not begin its rollback",
                        failedDeployment("PRIMARY", "ACTIVE"),
                        BACK,
                        120,
                        fail(Kind.GIVEN_UP, "")),
                row(
                        "the circuit breaker says why",
                        seen().because("ECS deployment circuit breaker: tasks failed to start.")
                                .fresh("PRIMARY", "FAILED", 0, 0, 3)
                                .old("ACTIVE", "COMPLETED", 2),
                        STOPS,
                        fail(Kind.GIVEN_UP, "ECS deployment circuit breaker: tasks failed to start.")),
                row(
                        "a rollback is known by the reason of the new deployment",
                        seen().because("ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/old.")
                                .old("PRIMARY", "IN_PROGRESS", 1),
                        BACK,
                        wait("new 0/2  old 1/2, failed, ECS rolls back to revision 17")),
                row(
                        "its stop is asked for",
                        rolling(0, 1).tracked("STOP_REQUESTED"),
                        BACK,
                        wait("new 0/2 (1 pending)  old 2/2")),
                row(
                        "stopped, the old version comes back",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 0, 0, 0)
                                .old("PRIMARY", "IN_PROGRESS", 2)
                                .tracked("STOP_REQUESTED"),
                        BACK,
                        wait("new 0/2  old 2/2, failed, ECS rolls back to revision 17")),
                row(
                        "a rollback that was asked for",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 0, 0, 0)
                                .old("PRIMARY", "IN_PROGRESS", 1)
                                .tracked("ROLLBACK_REQUESTED"),
                        OFF,
                        wait("new 0/2  old 1/2, failed, ECS rolls back to revision 17")),
                row(
                        "superseded, and so stopped by ECS",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 1, 0, 0)
                                .other("IN_PROGRESS", 0)
                                .tracked("STOPPED"),
                        BACK,
                        superseded()),
                row(
                        "superseded by the same revision",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 1, 0, 0).again(),
                        BACK,
                        fail(Kind.SUPERSEDED, "deployment ecs-svc/again with revision 18 once more took over")),
                row(
                        "superseded by the old revision, by hand",
                        seen().fresh("ACTIVE", "IN_PROGRESS", 1, 0, 0).old("PRIMARY", "IN_PROGRESS", 1),
                        OFF,
                        fail(Kind.SUPERSEDED, "deployment ecs-svc/old with revision 17 took over")),
                row(
                        "deleted for good",
                        seen().service("INACTIVE", 0),
                        OFF,
                        fail(Kind.DELETED, "the service is INACTIVE")),
                row(
                        "scaled to 0 while it crashes",
                        crashed(seen().service("ACTIVE", 0).fresh("PRIMARY", "IN_PROGRESS", 0, 0, 3), 3),
                        OFF,
                        fail(Kind.SCALED_TO_ZERO, "")),
                row(
                        "scaled up meanwhile",
                        seen().service("ACTIVE", 4)
                                .fresh("PRIMARY", "IN_PROGRESS", 2, 2, 0)
                                .old("ACTIVE", "COMPLETED", 2),
                        BACK,
                        wait("new 2/4 (2 pending)  old 2/2")),
                row(
                        "completed with another image",
                        seen().fresh("PRIMARY", "COMPLETED", 2, 0, 0).runningDigest("sha256:00"),
                        OFF,
                        fail(Kind.WRONG_IMAGE, "sha256:00")));
    }

    private static Arguments later(String label, Seen seen, Expected expected, Verdict verdict) {
        return arguments(label, seen, expected, 200, verdict);
    }

    private static Arguments soon(String label, Seen seen, Expected expected, Verdict verdict) {
        return arguments(label, seen, expected, 4, verdict);
    }

    static Arguments row(String label, Seen seen, Expected expected, Verdict verdict) {
        return arguments(label, seen, expected, 30, verdict);
    }

    static Seen rolling(int running, int pending) {
        return seen().fresh("PRIMARY", "IN_PROGRESS", running, pending, 0).old("ACTIVE", "COMPLETED", 2);
    }

    static Seen failedDeployment(String ours, String old) {
        return seen().fresh(ours, "FAILED", 0, 0, 3).old(old, "COMPLETED", 2);
    }

    static Seen crashed(Seen seen, int times) {
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
                e.timeout(),
                e.strategy(),
                e.waitFor());
    }

    static Waiting wait(String state) {
        return new Waiting(aligned(state));
    }

    static Failed fail(Kind kind, String why) {
        return new Failed(kind, aligned(why));
    }

    /** In the table two blanks stand between the columns. */
    private static String aligned(String state) {
        String[] columns = state.split("  ", 2);
        return columns.length == 1 ? state : String.format("%-30s  %s", columns[0], columns[1]);
    }

    static Failed superseded() {
        return fail(Kind.SUPERSEDED, "deployment ecs-svc/other with revision 19 took over");
    }
}
