package io.github.ecsmaven.ecs.verdict;

import static io.github.ecsmaven.ecs.verdict.Seen.DIGEST;
import static io.github.ecsmaven.ecs.verdict.Seen.FAMILY;
import static io.github.ecsmaven.ecs.verdict.Seen.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Step;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Target;
import io.github.ecsmaven.ecs.verdict.Expected.Breaker;
import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import io.github.ecsmaven.ecs.verdict.Verdict.Done;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Proof;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The deployment d-NEW of orders in uat from revision 17 to 18, two tasks, 15 minutes. */
class EvaluateDeploymentTest {
    private static final String ID = "d-NEW";
    private static final String NEW = FAMILY + 18;
    private static final String OLD = FAMILY + 17;
    private static final String LINE = "new 2/2                         old 2/2";

    /** What is seen, written down in a row of the table. */
    private static final class Row {
        private String status = "InProgress";
        private String error = "";
        private boolean rollsBack;
        private boolean asked;
        private boolean untilTraffic;
        private Optional<DeploymentSeen> rollback = Optional.empty();
        private Duration termination = Duration.ZERO;
        private final List<Step> steps = new ArrayList<>();
        private Optional<Double> traffic = Optional.empty();
        private final List<Deployed> sets = new ArrayList<>();
        private final List<TaskSeen> tasks = new ArrayList<>();
        private String service = "ACTIVE";
        private int desired = 2;
        private Instant now = T0.plusSeconds(60);

        static Row is(String status) {
            Row row = new Row();
            row.status = status;
            return row;
        }

        Row error(String text) {
            error = text;
            return this;
        }

        Row rollsBack() {
            rollsBack = true;
            return this;
        }

        Row asked() {
            asked = true;
            return this;
        }

        /** {@code ecs.waitFor=traffic} */
        Row untilTraffic() {
            untilTraffic = true;
            return this;
        }

        Row rollback(String status) {
            rollback = Optional.of(new DeploymentSeen(
                    "d-BACK",
                    status,
                    status.equals("Failed") ? "ECS_UPDATE_ERROR: no" : "",
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Duration.ZERO,
                    false,
                    Target.UNKNOWN));
            return this;
        }

        Row kept(int minutes) {
            termination = Duration.ofMinutes(minutes);
            return this;
        }

        Row step(String name, String status) {
            steps.add(new Step(name, status, status.equals("Failed") ? "LambdaFailed" : ""));
            return this;
        }

        Row traffic(double percent) {
            traffic = Optional.of(percent);
            return this;
        }

        Row fresh(String status, int running) {
            sets.add(set(ID, status, NEW, running, T0));
            return this;
        }

        Row old(String status) {
            sets.add(set("d-OLD", status, OLD, 2, T0.minusSeconds(9_999)));
            return this;
        }

        Row other() {
            sets.add(set("d-OTHER", "PRIMARY", FAMILY + 19, 2, T0.plusSeconds(30)));
            return this;
        }

        private static Deployed set(String id, String status, String arn, int running, Instant at) {
            return new Deployed(id, status, arn, 2, 2 - running, running, 0, at, at, "IN_PROGRESS", "");
        }

        Row runs(String digest) {
            tasks.add(task("RUNNING", Optional.empty(), digest));
            return this;
        }

        Row crashed(int count) {
            for (int i = 0; i < count; i++) {
                tasks.add(task("STOPPED", Optional.of(1), ""));
            }
            return this;
        }

        private static TaskSeen task(String status, Optional<Integer> exit, String digest) {
            boolean stopped = exit.isPresent();
            return new TaskSeen(
                    "t",
                    ID,
                    status,
                    status,
                    "UNKNOWN",
                    stopped ? "EssentialContainerExited" : "",
                    stopped ? "Essential container in task exited" : "",
                    Optional.of(T0),
                    Optional.empty(),
                    List.of(new ContainerSeen("orders", "repo", digest, exit, "", "UNKNOWN")));
        }

        Row service(String status, int count) {
            service = status;
            desired = count;
            return this;
        }

        Row after(int minutes) {
            now = T0.plusSeconds(60L * minutes);
            return this;
        }

        Verdict judge() {
            Optional<Instant> ended =
                    DeploymentSeen.UNDER_WAY.contains(status) ? Optional.empty() : Optional.of(T0.plusSeconds(50));
            DeploymentSeen ours = new DeploymentSeen(
                    ID,
                    status,
                    error,
                    rollback.map(DeploymentSeen::id),
                    rollsBack,
                    ended,
                    termination,
                    false,
                    new Target(steps, traffic, Optional.empty()));
            Observation seen =
                    new Observation(service, desired, 2, sets, tasks, Optional.empty(), List.of(), true, List.of());
            return EvaluateDeployment.evaluate(ours, rollback, seen, expected(asked, untilTraffic), now);
        }
    }

    private static Expected expected(boolean asked, boolean traffic) {
        return new Expected(
                "uat",
                "orders",
                ID,
                NEW,
                Optional.of(OLD),
                "orders",
                Optional.of(new Expected.Image(DIGEST, Set.of(), true)),
                2,
                asked ? Breaker.ROLLS_BACK : Breaker.OFF,
                T0,
                Duration.ofMinutes(15),
                Strategy.ROLLING,
                traffic ? WaitFor.traffic : WaitFor.complete);
    }

    private static Waiting waits(String state) {
        return new Waiting(state);
    }

    private static Failed fails(Kind kind, String why) {
        return new Failed(kind, why);
    }

    private static Row shifted() {
        return Row.is("Baking")
                .step("AllowTraffic", "Succeeded")
                .step("AfterAllowTraffic", "Succeeded")
                .traffic(100)
                .fresh("PRIMARY", 2)
                .old("ACTIVE");
    }

    static Stream<Arguments> rows() {
        String wrong = "sha256:" + "00".repeat(32);
        return Stream.of(
                row(
                        "created",
                        Row.is("Created").old("PRIMARY"),
                        waits("new 0/2                         old 2/2, CodeDeploy: Created")),
                row(
                        "tasks start",
                        Row.is("InProgress")
                                .step("BeforeInstall", "Succeeded")
                                .step("Install", "InProgress")
                                .fresh("ACTIVE", 1)
                                .old("PRIMARY"),
                        waits("new 1/2 (1 pending)             old 2/2, Install")),
                row(
                        "between two steps",
                        Row.is("InProgress")
                                .step("Install", "Succeeded")
                                .step("AfterInstall", "Pending")
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY"),
                        waits(LINE + ", after Install")),
                row(
                        "a tenth of the traffic",
                        Row.is("InProgress")
                                .step("AllowTraffic", "InProgress")
                                .traffic(10)
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY"),
                        waits(LINE + ", AllowTraffic, 10 % of the traffic on new")),
                row(
                        "waits for its approval",
                        Row.is("Ready").fresh("ACTIVE", 2).old("PRIMARY"),
                        waits(LINE + ", waits to be let on (aws deploy continue-deployment --deployment-id d-NEW"
                                + " --deployment-wait-type READY_WAIT)")),
                row("traffic shifted", shifted(), waits(LINE + ", all traffic on new, the old tasks end")),
                row(
                        "keeps the old tasks",
                        shifted().kept(60),
                        waits(LINE + ", all traffic on new, the old tasks are kept for 60 min")),
                row(
                        "which is no delay",
                        shifted().kept(60).after(20),
                        waits(LINE + ", all traffic on new, the old tasks are kept for 60 min")),
                row(
                        "but not for ever",
                        shifted().kept(60).after(76),
                        fails(Kind.TIMEOUT, LINE + ", all traffic on new, the old tasks are kept for 60 min")),
                row(
                        "the hook after it runs",
                        Row.is("InProgress")
                                .step("AllowTraffic", "Succeeded")
                                .step("AfterAllowTraffic", "InProgress")
                                .traffic(100)
                                .fresh("PRIMARY", 2)
                                .old("ACTIVE"),
                        waits(LINE + ", AfterAllowTraffic, 100 % of the traffic on new")),
                row(
                        "succeeded, proved",
                        Row.is("Succeeded").fresh("PRIMARY", 2).runs(DIGEST.value()),
                        new Done(Proof.SHOWN, "")),
                row(
                        "succeeded with another image",
                        Row.is("Succeeded").fresh("PRIMARY", 2).runs(wrong),
                        fails(Kind.WRONG_IMAGE, wrong)),
                row(
                        "succeeded, no digest yet",
                        Row.is("Succeeded").fresh("PRIMARY", 2),
                        waits(LINE.replace("old 2/2", "old 0/2") + ", completed, the digest is not shown yet")),
                row(
                        "succeeded, scaled to 0",
                        Row.is("Succeeded").service("ACTIVE", 0).fresh("PRIMARY", 0),
                        new Done(Proof.NONE, "")),
                row(
                        "succeeded, then another came",
                        Row.is("Succeeded").fresh("ACTIVE", 2).other(),
                        fails(Kind.SUPERSEDED, "deployment d-OTHER with revision 19 took over")),
                row(
                        "two crashed",
                        Row.is("InProgress")
                                .step("Install", "InProgress")
                                .fresh("ACTIVE", 0)
                                .old("PRIMARY")
                                .crashed(2),
                        waits("new 0/2, 2 failed (2 pending)   old 2/2, Install")),
                row(
                        "three crashed",
                        Row.is("InProgress")
                                .step("Install", "InProgress")
                                .fresh("ACTIVE", 0)
                                .old("PRIMARY")
                                .crashed(3),
                        fails(Kind.CRASH_LOOP, "")),
                row(
                        "three crashed, being stopped",
                        Row.is("InProgress")
                                .step("Install", "InProgress")
                                .fresh("ACTIVE", 0)
                                .old("PRIMARY")
                                .crashed(3)
                                .asked(),
                        waits("new 0/2, 3 failed (2 pending)   old 2/2, Install")),
                row(
                        "late",
                        Row.is("InProgress")
                                .step("Install", "InProgress")
                                .fresh("ACTIVE", 1)
                                .old("PRIMARY")
                                .after(15),
                        fails(Kind.TIMEOUT, "new 1/2 (1 pending)             old 2/2, Install")),
                row(
                        "the service is gone",
                        Row.is("InProgress").service("INACTIVE", 0),
                        fails(Kind.DELETED, "the service is INACTIVE")),
                row(
                        "scaled to 0 meanwhile",
                        Row.is("InProgress").service("ACTIVE", 0).old("PRIMARY"),
                        fails(Kind.SCALED_TO_ZERO, "")),
                row(
                        "failed, nobody rolls back",
                        Row.is("Failed")
                                .error("HOOK_EXECUTION_FAILURE: no")
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY"),
                        fails(Kind.GIVEN_UP, "HOOK_EXECUTION_FAILURE: no")),
                row(
                        "failed at a hook",
                        Row.is("Failed")
                                .error("HOOK_EXECUTION_FAILURE: no")
                                .step("AfterInstall", "Failed")
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY"),
                        fails(Kind.GIVEN_UP, "HOOK_EXECUTION_FAILURE: no (AfterInstall failed: LambdaFailed)")),
                row(
                        "failed, the rollback is awaited",
                        Row.is("Failed")
                                .error("E: no")
                                .rollsBack()
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY"),
                        waits(LINE + ", failed (E: no), CodeDeploy is about to roll back")),
                row(
                        "failed, it never comes",
                        Row.is("Failed")
                                .error("E: no")
                                .rollsBack()
                                .fresh("ACTIVE", 2)
                                .old("PRIMARY")
                                .after(3),
                        fails(Kind.GIVEN_UP, "E: no")),
                row(
                        "failed, the new tasks are gone",
                        Row.is("Failed").rollsBack().old("PRIMARY"),
                        fails(Kind.ROLLED_BACK, OLD)),
                row(
                        "rolling back",
                        Row.is("Stopped")
                                .rollback("InProgress")
                                .fresh("PRIMARY", 2)
                                .old("ACTIVE"),
                        waits(LINE + ", stopped, CodeDeploy rolls back (d-BACK)")),
                row(
                        "rolled back",
                        Row.is("Stopped").rollback("Succeeded").old("PRIMARY"),
                        fails(Kind.ROLLED_BACK, OLD)),
                row(
                        "rolled back, ECS shows it later",
                        Row.is("Stopped").rollback("Succeeded").fresh("PRIMARY", 2),
                        waits("new 2/2                         old 0/2, stopped, rolled back by CodeDeploy (d-BACK)")),
                row(
                        "the rollback failed",
                        Row.is("Failed").rollback("Failed").fresh("PRIMARY", 2),
                        fails(Kind.ROLLBACK_FAILED, "ECS_UPDATE_ERROR: no")),
                row(
                        "a rollback has as long again",
                        Row.is("Stopped")
                                .rollback("InProgress")
                                .fresh("PRIMARY", 2)
                                .old("ACTIVE")
                                .after(29),
                        waits(LINE + ", stopped, CodeDeploy rolls back (d-BACK)")),
                row(
                        "and no longer",
                        Row.is("Stopped")
                                .rollback("InProgress")
                                .fresh("PRIMARY", 2)
                                .old("ACTIVE")
                                .after(30),
                        fails(Kind.TIMEOUT, LINE + ", stopped, CodeDeploy rolls back (d-BACK)")),
                row("stopped as asked", Row.is("Stopped").asked().old("PRIMARY"), fails(Kind.ROLLED_BACK, OLD)),
                row(
                        "stopped by somebody",
                        Row.is("Stopped").fresh("ACTIVE", 2).old("PRIMARY"),
                        fails(Kind.GIVEN_UP, "")));
    }

    private static Arguments row(String label, Row row, Verdict verdict) {
        return Arguments.of(label, row, verdict);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void evaluateSays(String label, Row row, Verdict verdict) {
        assertThat(row.judge()).isEqualTo(verdict);
    }
}
