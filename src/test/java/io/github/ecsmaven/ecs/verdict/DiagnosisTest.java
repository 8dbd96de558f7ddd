package io.github.ecsmaven.ecs.verdict;

import static io.github.ecsmaven.ecs.verdict.Seen.FAMILY;
import static io.github.ecsmaven.ecs.verdict.Seen.T0;
import static io.github.ecsmaven.ecs.verdict.Seen.expected;
import static io.github.ecsmaven.ecs.verdict.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Expected.Breaker;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    private static final Diagnosis.End END = new Diagnosis.End(T0.plusSeconds(42), List.of(), Optional.empty());

    @Test
    void explainWhenEcsRolledBackSaysWhatWhyAndWhatServes() {
        Seen seen = seen().fresh("DRAINING", "FAILED", 0, 0, 3).old("PRIMARY", "COMPLETED", 2);
        for (int i = 0; i < 3; i++) {
            seen.stopped("EssentialContainerExited", "Essential container in task exited", 1);
        }
        seen.event("(service orders) rolling back to deployment ecs-svc/old.")
                .event("(service orders) (deployment ecs-svc/new) deployment failed: tasks failed to start.");

        assertThat(Diagnosis.explain(
                                new Failed(Kind.ROLLED_BACK, FAMILY + 17),
                                seen.done(),
                                expected(Breaker.ROLLS_BACK),
                                Details.NONE,
                                END)
                        .text())
                .isEqualTo("""
                        ECS rolled orders in uat back to revision 17: the new tasks start and end again.
                          Deployment ecs-svc/new, begun at 10:00:00 UTC, ended after 42 s.
                          3 of 3 tasks of revision 18 stopped within 9.0 s: Essential container in task exited, exit code 1 (the application ended with an error).
                          Revision 17 still serves (2 of 2 tasks running).
                          The image was pushed and stays: sha256:abababababab
                        Next: read the last lines of the container's log; of several 'Caused by' the last one is the cause. Then deploy again.""");
    }

    @Test
    void explainWhenTheOldVersionIsGoneTooSaysThatNothingRuns() {
        Problem problem = Diagnosis.explain(
                new Failed(Kind.ROLLBACK_FAILED, ""),
                seen().fresh("ACTIVE", "FAILED", 0, 0, 3)
                        .old("PRIMARY", "FAILED", 0)
                        .done(),
                expected(Breaker.ROLLS_BACK),
                Details.NONE,
                END);

        assertThat(problem.evidence()).contains("No task of the service was running.");
        assertThat(problem.next()).startsWith("act at once: ");
    }

    @Test
    void explainWhenTooLateQuotesTheLastObservation() {
        assertThat(Diagnosis.explain(
                                new Failed(Kind.TIMEOUT, "new 1/2 (1 pending)  old 2/2"),
                                seen().fresh("PRIMARY", "IN_PROGRESS", 1, 1, 0).done(),
                                expected(Breaker.OFF),
                                Details.NONE,
                                new Diagnosis.End(
                                        T0.plusSeconds(900),
                                        List.of("Rolled back: revision 17 runs again."),
                                        Optional.empty()))
                        .text())
                .isEqualTo("""
                        The rollout of orders in uat to revision 18 was not at its end after 15 min 0 s.
                          Deployment ecs-svc/new, begun at 10:00:00 UTC, ended after 15 min 0 s.
                          Last seen: new 1/2 (1 pending), old 2/2
                          Rolled back: revision 17 runs again.
                          The image was pushed and stays: sha256:abababababab
                        Next: raise ecs.timeout if the application needs longer, or look at the service's events.""");
    }

    @Test
    void explainWhenSupersededNamesWhoWon() {
        assertThat(Diagnosis.explain(
                                new Failed(Kind.SUPERSEDED, "deployment ecs-svc/other with revision 19 took over"),
                                seen().other("IN_PROGRESS", 0).done(),
                                expected(Breaker.OFF),
                                new Details(
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(
                                                "It brings image registry/orders:1.5, registered by arn:aws:sts::123456789012:assumed-role/ci/build-77.")),
                                END)
                        .text())
                .isEqualTo("""
                        Another deployment won: the rollout of orders in uat to revision 18 was superseded.
                          Deployment ecs-svc/new, begun at 10:00:00 UTC, ended after 42 s.
                          Deployment ecs-svc/other with revision 19 took over.
                          It brings image registry/orders:1.5, registered by arn:aws:sts::123456789012:assumed-role/ci/build-77.
                          The image was pushed and stays: sha256:abababababab
                        Next: see who deployed at the same time, then deploy again if your version shall run.""");
    }

    @Test
    void explainWhenTheTextIsUnknownShowsItAsItIs() {
        Seen seen = seen().fresh("PRIMARY", "FAILED", 0, 0, 3)
                .stopped("TaskFailedToStart", "BrandNewError: the moon is full", Optional.empty(), "");
        assertThat(Diagnosis.explain(
                                new Failed(Kind.GIVEN_UP, ""), seen.done(), expected(Breaker.STOPS), Details.NONE, END)
                        .text())
                .startsWith("ECS gave up the rollout of orders in uat to revision 18: "
                        + "the new tasks do not get as far as running.\n")
                .contains(" stopped within 3.0 s: BrandNewError: the moon is full.\n");
    }

    @Test
    void explainWhenNothingOfItIsKnownShowsTheEventAsItIs() {
        Seen seen = seen().fresh("PRIMARY", "IN_PROGRESS", 0, 2, 0).event("(service orders) stumbled over a comet.");
        assertThat(Diagnosis.explain(
                                new Failed(Kind.TIMEOUT, "new 0/2 (2 pending)"),
                                seen.done(),
                                expected(Breaker.OFF),
                                Details.NONE,
                                END)
                        .text())
                .startsWith("The rollout of orders in uat to revision 18 was not at its end after 15 min 0 s.\n")
                .contains("\n  ECS: service orders stumbled over a comet.\n");
    }

    /** A cluster that grows finds the place after some events that there is none; what came then counts. */
    @ParameterizedTest
    @CsvSource({
        "CRASH_LOOP, true, the new tasks start and end again",
        "CRASH_LOOP, false, the new tasks start and end again",
        "GIVEN_UP, false, the new tasks start and end again",
        "TIMEOUT, true, the new tasks start and end again",
        "TIMEOUT, false, no capacity to place the tasks"
    })
    void explainWhenTasksCrashTellsOfMissingCapacityOnlyWhereItLasts(Kind kind, boolean placed, String cause) {
        Seen seen = seen().fresh("PRIMARY", "IN_PROGRESS", 0, 1, 1)
                .stopped("EssentialContainerExited", "Essential container in task exited", 1);
        if (placed) {
            seen.event("(service orders) has started 2 tasks: (task a) (task b).");
        }
        seen.event("(service orders) was unable to place a task because no container instance met all of its"
                + " requirements.");
        assertThat(Diagnosis.explain(new Failed(kind, ""), seen.done(), expected(Breaker.STOPS), Details.NONE, END)
                        .what())
                .endsWith(": " + cause + ".");
    }

    /** Who ends by himself is found unhealthy before, too; whoever ECS stops for its health ends otherwise. */
    @ParameterizedTest
    @CsvSource({
        "GIVEN_UP, EssentialContainerExited, Essential container in task exited, 1, the new tasks start and end again",
        "GIVEN_UP, ServiceSchedulerInitiated, Task failed ELB health checks in (target-group orders), 143, the load balancer finds no application on the port",
        // one ended, and those that took its place run
        "TIMEOUT, EssentialContainerExited, Essential container in task exited, 1, the load balancer finds no application on the port"
    })
    void explainWhenTasksEndByThemselvesTakesTheirHealthForAConsequence(
            Kind kind, String code, String reason, int exit, String cause) {
        Seen seen = seen().fresh("PRIMARY", "FAILED", 0, 0, 1)
                .stopped(code, reason, exit)
                .event("(service orders) (task 7c1e) (port 8080) is unhealthy in (target-group orders) due to (reason"
                        + " Health checks failed)");
        String unhealthy = "Target.FailedHealthChecks: Health checks failed";
        Details details = new Details(
                List.of(),
                List.of(new Details.Target("orders", "10.0.1.7:8080", "unhealthy", unhealthy)),
                List.of(),
                List.of());
        Problem problem = Diagnosis.explain(new Failed(kind, ""), seen.done(), expected(Breaker.STOPS), details, END);
        assertThat(problem.what()).endsWith(": " + cause + ".");
        assertThat(problem.text()).contains(unhealthy);
    }

    @Test
    void explainWhenAllIsKnownFitsOnOneScreen() {
        Seen seen = seen().fresh("DRAINING", "FAILED", 0, 0, 3)
                .old("PRIMARY", "COMPLETED", 2)
                .event("(service orders) (task 7c1e) (port 8080) is unhealthy in (target-group orders) due to"
                        + " (reason Health checks failed with these codes: [404])");
        for (int i = 0; i < 3; i++) {
            seen.stopped("ServiceSchedulerInitiated", "Task failed ELB health checks in (target-group orders)", 143);
        }
        Details details = new Details(
                List.of(new Details.LogTail(
                        "orders", "7c1e5a0b9d3f4e21", List.of("Started Orders in 2.1 s", "GET / 404"), "")),
                List.of(new Details.Target(
                        "orders",
                        "10.0.1.7:8080",
                        "unhealthy",
                        "Target.ResponseCodeMismatch: Health checks failed with these codes: [404]")),
                List.of("ECS's circuit breaker fired: 3 failed tasks, its limit is 3."),
                List.of());
        assertThat(Diagnosis.explain(
                                new Failed(Kind.ROLLED_BACK, FAMILY + 17),
                                seen.done(),
                                expected(Breaker.ROLLS_BACK),
                                details,
                                new Diagnosis.End(
                                        T0.plusSeconds(210), List.of(), Optional.of("https://console.example.com")))
                        .text())
                .isEqualTo("""
                        ECS rolled orders in uat back to revision 17: the load balancer's health check gets another status code.
                          Deployment ecs-svc/new, begun at 10:00:00 UTC, ended after 3 min 30 s.
                          3 of 3 tasks of revision 18 stopped within 9.0 s: Task failed ELB health checks in (target-group orders), exit code 143 (ended by SIGTERM).
                          Last lines of container 'orders' of task 7c1e5a0b9d3f:
                            Started Orders in 2.1 s
                            GET / 404
                          Target 10.0.1.7:8080 in orders is unhealthy: Target.ResponseCodeMismatch: Health checks failed with these codes: [404].
                          ECS's circuit breaker fired: 3 failed tasks, its limit is 3.
                          ECS: service orders task 7c1e (port 8080) is unhealthy in (target-group orders) due to (reason Health checks failed with these codes: [404])
                          Revision 17 still serves (2 of 2 tasks running).
                          The image was pushed and stays: sha256:abababababab
                          https://console.example.com
                        Next: set the path of the target group's health check to one that is open and answers 200, such as /actuator/health, or widen its matcher.""");
    }
}
