package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildSum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryTest {
    private static final String START = "2026-11-26T14:53:00Z";

    /** Which outcomes of services, with which stage, count as a rollout. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "rollout, COMPLETED, good",
        "rollout, TRAFFIC_SHIFTED, good",
        "rollout, FAILED, bad",
        "rollout, ROLLED_BACK, bad",
        "rollout, COMPLETED+ROLLED_BACK, bad",
        "rollout, COMPLETED+UNCHANGED, good",
        "rollout, UNCHANGED, none",
        "rollout, STARTED, none",
        "rollback, COMPLETED, none"
    })
    void rolloutsAreWhatReachedItsEnd(String stage, String outcomes, String expected) {
        List<Service> services = Stream.of(outcomes.split("\\+"))
                .map(outcome -> new Service("uat", "orders", "d-1", outcome, 1, Optional.empty(), List.of()))
                .toList();
        List<Boolean> good = of(build(START, Outcome.SUCCESS, stage, services)).rollouts().stream()
                .map(Metrics.Deployment::good)
                .toList();
        assertThat(good).isEqualTo(expected.equals("none") ? List.of() : List.of(expected.equals("good")));
    }

    @Test
    void rolloutWhenItsStageEndedIsOver() {
        Service service = new Service("uat", "orders", "d-1", "COMPLETED", 1, Optional.empty(), List.of());
        assertThat(of(build(START, Outcome.SUCCESS, "rollout", List.of(service)))
                        .rollouts())
                .extracting(Metrics.Deployment::at)
                .containsExactly(Instant.parse("2026-11-26T14:53:30.500Z"));
    }

    @Test
    void buildsWhenInterruptedOrWithoutTimesAreLeftOut() {
        assertThat(of(
                                build(START, Outcome.INTERRUPTED, "rollout", List.of()),
                                build("yesterday", Outcome.FAILED, "rollout", List.of()))
                        .builds())
                .isEmpty();
    }

    private static Delivery of(BuildRecord... builds) {
        return Delivery.of(Stream.of(builds).map(BuildSum::of).toList());
    }

    private static BuildRecord build(String started, Outcome outcome, String stage, List<Service> services) {
        BuildRecord sample = SampleBuilds.of(1).get(0);
        Stage only = new Stage(stage, Status.DONE, Optional.of(started), 30.5, Optional.empty(), Optional.empty());
        return new BuildRecord(
                sample.schema(),
                sample.id(),
                sample.number(),
                sample.project(),
                sample.version(),
                sample.name(),
                outcome,
                started,
                sample.ended(),
                sample.seconds(),
                sample.source(),
                sample.trigger(),
                List.of(new Module("orders", List.of(only), Optional.empty(), services)));
    }
}
