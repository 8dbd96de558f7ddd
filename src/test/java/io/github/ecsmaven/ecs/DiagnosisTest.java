package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Seen.FAMILY;
import static io.github.ecsmaven.ecs.Seen.expected;
import static io.github.ecsmaven.ecs.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.Expected.Breaker;
import io.github.ecsmaven.ecs.Verdict.Failed;
import io.github.ecsmaven.ecs.Verdict.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
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
                                List.of())
                        .text())
                .isEqualTo("""
                        ECS rolled orders in uat back to revision 17: the new tasks do not start.
                          3 of 3 tasks of revision 18 stopped within 9.0 s: Essential container in task exited, exit code 1 (the application ended with an error).
                          Revision 17 still serves (2 of 2 tasks running).
                          The image was pushed and stays: sha256:abababababab
                        Next: read the container's log; the first 'Caused by' is the cause. Then deploy again.""");
    }

    @Test
    void explainWhenTooLateQuotesTheLastObservation() {
        assertThat(Diagnosis.explain(
                                new Failed(Kind.TIMEOUT, "new 1/2 (1 pending)  old 2/2"),
                                seen().fresh("PRIMARY", "IN_PROGRESS", 1, 1, 0).done(),
                                expected(Breaker.OFF),
                                List.of("Rolled back: revision 17 runs again."))
                        .text())
                .isEqualTo("""
                        The rollout of orders in uat to revision 18 was not at its end after 15 min 0 s.
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
                                List.of())
                        .text())
                .startsWith("Another deployment won: the rollout of orders in uat to revision 18 was superseded.\n"
                        + "  deployment ecs-svc/other with revision 19 took over\n");
    }

    @Test
    void explainWhenTheTextIsUnknownShowsItAsItIs() {
        Seen seen = seen().fresh("PRIMARY", "FAILED", 0, 0, 3)
                .stopped("TaskFailedToStart", "BrandNewError: the moon is full", Optional.empty(), "");
        assertThat(Diagnosis.explain(new Failed(Kind.GIVEN_UP, ""), seen.done(), expected(Breaker.STOPS), List.of()))
                .satisfies(problem -> assertThat(problem.what())
                        .isEqualTo("ECS gave up the rollout of orders in uat to revision 18."))
                .satisfies(
                        problem -> assertThat(problem.evidence().get(0)).endsWith(": BrandNewError: the moon is full."))
                .satisfies(problem -> assertThat(problem.next()).startsWith("look at the stopped tasks"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Essential container in task exited | OutOfMemoryError: Container killed due to memory usage | a container needs more memory than it may have",
                "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref x: not found | '' | the image can't be pulled: it is not there",
                "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'. | '' | the image was not built for the platform of the tasks",
                "CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref x: unexpected status code [manifests 1]: 403 Forbidden | '' | the image can't be pulled: not allowed",
                "CannotPullContainerError: ref pull has been retried 1 time(s): dial tcp: i/o timeout | '' | the image can't be pulled",
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: i/o timeout | '' | the tasks do not reach ECR",
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: AccessDeniedException: User: u is not authorized to perform: ssm:GetParameters | '' | the tasks may not read their secrets",
                "ResourceInitializationError: failed to validate logger args: failed to create CloudWatch log stream: ResourceNotFoundException: The specified log group does not exist. | '' | the log group does not exist",
                "Task failed ELB health checks in (target-group arn:x) | '' | the load balancer's health check fails",
                "Task failed container health checks | '' | the container's health check fails",
                "TaskFailedToStart: RESOURCE:MEMORY | '' | no capacity to place the tasks",
            })
    void knownCauses(String stoppedReason, String containerReason, String saying) {
        assertThat(KnownCause.of(List.of(stoppedReason, containerReason))
                        .orElseThrow()
                        .saying())
                .isEqualTo(saying);
    }
}
