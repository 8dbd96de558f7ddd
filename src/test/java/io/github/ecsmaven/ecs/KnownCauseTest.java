package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.verdict.Seen.T0;
import static io.github.ecsmaven.ecs.verdict.Seen.expected;
import static io.github.ecsmaven.ecs.verdict.Seen.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Details;
import io.github.ecsmaven.ecs.verdict.Diagnosis;
import io.github.ecsmaven.ecs.verdict.EvaluateRollout;
import io.github.ecsmaven.ecs.verdict.Expected.Breaker;
import io.github.ecsmaven.ecs.verdict.KnownCause;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Seen;
import io.github.ecsmaven.ecs.verdict.ServiceEvents;
import io.github.ecsmaven.ecs.verdict.Verdict;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/** Every text of a failure that ECS, its load balancers and registries are known to send. */
class KnownCauseTest {
    static Stream<Arguments> failures() throws IOException {
        return rows("failure-texts.tsv");
    }

    static Stream<Arguments> refusals() throws IOException {
        return rows("refusals.tsv");
    }

    static Stream<Arguments> others() throws IOException {
        return rows("other-texts.tsv");
    }

    @ParameterizedTest(name = "{1} -> {2}")
    @MethodSource("failures")
    void ofWhenAFailuresTextIsKnownNamesCauseAndRemedy(String kind, String text, String saying) {
        KnownCause cause = KnownCause.of(List.of(text)).orElseThrow();
        assertThat(cause.saying()).isEqualTo(saying);
        assertThat(cause.next()).isNotBlank().endsWith(".");
    }

    @ParameterizedTest(name = "{1} -> {2}")
    @MethodSource("failures")
    void explainWhenAFailuresTextIsKnownShowsTextCauseAndRemedy(String kind, String text, String saying) {
        Seen seen = seen().fresh("PRIMARY", "FAILED", 0, 0, 3);
        String why = "";
        switch (kind) {
            case "service-event" -> seen.event(text);
            case "container-reason" ->
                seen.stopped("EssentialContainerExited", "Essential container in task exited", exit(text), text);
            case "stopped-reason", "pull" ->
                seen.stopped(
                        text.startsWith("Essential") ? "EssentialContainerExited" : "TaskFailedToStart",
                        text,
                        Optional.empty(),
                        "");
            default -> why = text;
        }
        Problem problem = Diagnosis.explain(
                new Failed(Kind.GIVEN_UP, why),
                seen.done(),
                expected(Breaker.STOPS),
                Details.NONE,
                new Diagnosis.End(T0, List.of(), Optional.empty()));
        assertThat(problem.what())
                .isEqualTo("ECS gave up the rollout of orders in uat to revision 18: " + saying + ".");
        assertThat(problem.next())
                .isEqualTo(KnownCause.of(List.of(text)).orElseThrow().next());
        if (!text.startsWith("SERVICE_") && ServiceEvents.isTelling(text)) {
            String shown = ServiceEvents.said(text).substring("ECS: ".length()).replaceFirst("\\.$", "");
            assertThat(problem.text().replaceAll("[()]", "")).contains(shown.replaceAll("[()]", ""));
        }
    }

    private static Optional<Integer> exit(String text) {
        return text.startsWith("Exit Code ")
                ? Optional.of(Integer.valueOf(text.replaceAll("\\D", "")))
                : Optional.empty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void problemWhenACallIsRefusedNamesCauseAndRemedy(String code, String message, String saying) {
        Problem problem = EcsCalls.problem("update service 'orders'", (EcsException) EcsException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build());
        assertThat(problem.what())
                .startsWith("Could not update service 'orders': " + saying)
                .doesNotContain("AWS refused it");
        assertThat(problem.evidence()).first().isEqualTo(code + ": " + message);
        assertThat(problem.next()).isNotBlank().doesNotStartWith("correct what AWS objects to");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "STOPPED | GIVEN_UP | ECS gave up the rollout",
                "ROLLBACK_SUCCESSFUL | ROLLED_BACK | ECS rolled orders in uat back to revision 17",
                "ROLLBACK_FAILED | ROLLBACK_FAILED | ECS could not roll orders in uat back",
            })
    void explainWhenTheServiceDeploymentsStatusSaysItNamesTheRemedy(String status, Kind kind, String what) {
        Seen seen = status.equals("STOPPED")
                ? seen().fresh("PRIMARY", "IN_PROGRESS", 0, 0, 0)
                : seen().fresh("ACTIVE", "FAILED", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 2);
        Observation last = seen.tracked(status).done();
        Failed failed = (Failed) EvaluateRollout.evaluate(last, expected(Breaker.ROLLS_BACK), T0);
        assertThat(failed.kind()).isEqualTo(kind);
        Problem problem = Diagnosis.explain(
                failed,
                last,
                expected(Breaker.ROLLS_BACK),
                Details.NONE,
                new Diagnosis.End(T0, List.of(), Optional.empty()));
        assertThat(problem.what()).startsWith(what);
        assertThat(problem.next()).isNotBlank();
    }

    @Test
    void ofWhenSeveralTextsAreThereTakesTheOneThatTellsMost() {
        assertThat(KnownCause.of(List.of(
                                "Essential container in task exited",
                                "Exit Code 137.",
                                "OutOfMemoryError: Container killed due to memory usage"))
                        .orElseThrow()
                        .saying())
                .isEqualTo("a container needs more memory than it may have");
    }

    /** Else a failure that nothing tells about would be explained by what happens in each rollout. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("others")
    void ofWhenTheTextTellsOfNoFailureFindsNothing(String kind, String text) {
        assertThat(KnownCause.of(List.of(text))).isEmpty();
    }

    /** All that the API has: the end, or what is waited for. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PENDING              | waiting",
                "IN_PROGRESS          | waiting",
                "SUCCESSFUL           | completed",
                "STOP_REQUESTED       | failed, ECS rolls back to revision 17",
                "STOPPED              | GIVEN_UP",
                "ROLLBACK_REQUESTED   | failed, ECS rolls back to revision 17",
                "ROLLBACK_IN_PROGRESS | failed, ECS rolls back to revision 17",
                "ROLLBACK_SUCCESSFUL  | ROLLED_BACK",
                "ROLLBACK_FAILED      | ROLLBACK_FAILED",
            })
    void evaluateKnowsEachStatusOfAServiceDeployment(String status, String meaning) {
        boolean backwards = status.contains("ROLLBACK") || status.equals("STOP_REQUESTED");
        Seen seen = backwards
                ? seen().fresh("ACTIVE", "IN_PROGRESS", 0, 0, 3).old("PRIMARY", "IN_PROGRESS", 2)
                : seen().fresh("PRIMARY", "IN_PROGRESS", 2, 0, 0).image(Seen.DIGEST.value());
        Verdict verdict =
                EvaluateRollout.evaluate(seen.tracked(status).done(), expected(Breaker.ROLLS_BACK), T0.plusSeconds(9));
        String said = verdict instanceof Failed failed
                ? failed.kind().name()
                : verdict instanceof Verdict.Waiting waiting ? backwards ? waiting.state() : "waiting" : "completed";
        assertThat(said).endsWith(meaning);
    }

    @Test
    void evaluateIsAskedOfAllStatuses() {
        assertThat(ServiceDeploymentStatus.knownValues()).hasSize(9);
    }

    @Test
    void ofWhenTheTextIsUnknownFindsNothing() {
        assertThat(KnownCause.of(List.of("BrandNewError: the moon is full"))).isEmpty();
    }

    private static Stream<Arguments> rows(String file) throws IOException {
        try (InputStream in = KnownCauseTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split("\t", 3)));
        }
    }
}
