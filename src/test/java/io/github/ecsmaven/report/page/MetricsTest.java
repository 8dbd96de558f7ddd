package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.page.Metrics.Deployment;
import io.github.ecsmaven.report.page.Metrics.Ended;
import io.github.ecsmaven.report.page.Metrics.Took;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times are minutes of one day. */
class MetricsTest {
    static Stream<Arguments> recoveries() {
        return Stream.of(
                Arguments.of("no build", List.of(), List.of()),
                Arguments.of("all good", List.of(good("main", 0), good("main", 10)), List.of()),
                Arguments.of("one failure", List.of(bad("main", 10), good("main", 25)), List.of(900.0)),
                Arguments.of(
                        "failures in between are the same trouble",
                        List.of(bad("main", 10), bad("main", 20), good("main", 30)),
                        List.of(1200.0)),
                Arguments.of("still broken", List.of(good("main", 0), bad("main", 10)), List.of()),
                Arguments.of("another branch repairs nothing", List.of(bad("main", 10), good("fix", 20)), List.of()),
                Arguments.of(
                        "two branches at a time",
                        List.of(bad("main", 10), bad("fix", 11), good("fix", 13), good("main", 20)),
                        List.of(120.0, 600.0)),
                Arguments.of("in any order", List.of(good("main", 25), bad("main", 10)), List.of(900.0)),
                Arguments.of(
                        "a second time",
                        List.of(bad("main", 1), good("main", 2), bad("main", 4), good("main", 7)),
                        List.of(60.0, 180.0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void recoveries(String what, List<Ended> builds, List<Double> seconds) {
        assertThat(Metrics.recoveries(builds)).extracting(Took::seconds).isEqualTo(seconds);
    }

    static Stream<Arguments> leadTimes() {
        return Stream.of(
                Arguments.of("no rollout", List.of(), List.of()),
                Arguments.of("one", List.of(rollout(30, true, "a", 10)), List.of(1200.0)),
                Arguments.of("a failed one serves nobody", List.of(rollout(30, false, "a", 10)), List.of()),
                Arguments.of(
                        "the commit serves with the second try",
                        List.of(rollout(30, false, "a", 10), rollout(50, true, "a", 10)),
                        List.of(2400.0)),
                Arguments.of(
                        "deployed again, as by a way back, it is no new change",
                        List.of(rollout(30, true, "a", 10), rollout(90, true, "a", 10)),
                        List.of(1200.0)),
                Arguments.of("a clock that is wrong", List.of(rollout(30, true, "a", 31)), List.of()),
                Arguments.of(
                        "no commit known", List.of(new Deployment(at(30), true, "", Optional.of(at(10)))), List.of()),
                Arguments.of(
                        "no time of the commit known",
                        List.of(new Deployment(at(30), true, "a", Optional.empty())),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void leadTimes(String what, List<Deployment> rollouts, List<Double> seconds) {
        assertThat(Metrics.leadTimes(rollouts)).extracting(Took::seconds).isEqualTo(seconds);
    }

    static Stream<Arguments> weekly() {
        Instant day = at(0);
        return Stream.of(
                Arguments.of("none", List.of(), day, OptionalDouble.empty()),
                Arguments.of("only failed ones", List.of(rollout(1, false, "a", 0)), day, OptionalDouble.empty()),
                Arguments.of(
                        "two on the first day are two a week",
                        List.of(rollout(1, true, "a", 0), rollout(2, true, "b", 0)),
                        at(60),
                        OptionalDouble.of(2)),
                Arguments.of(
                        "two in four weeks",
                        List.of(rollout(1, true, "a", 0), rollout(2, true, "b", 0), rollout(3, false, "c", 0)),
                        at(28 * 24 * 60),
                        OptionalDouble.of(0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void weekly(String what, List<Deployment> rollouts, Instant last, OptionalDouble rate) {
        assertThat(Metrics.deploymentsPerWeek(rollouts, at(0), last)).isEqualTo(rate);
    }

    static Stream<Arguments> medians() {
        return Stream.of(
                Arguments.of(new double[] {}, OptionalDouble.empty()),
                Arguments.of(new double[] {5}, OptionalDouble.of(5)),
                Arguments.of(new double[] {9, 1, 4}, OptionalDouble.of(4)),
                Arguments.of(new double[] {100, 1, 2, 3}, OptionalDouble.of(2.5)));
    }

    @ParameterizedTest
    @MethodSource
    void medians(double[] seconds, OptionalDouble median) {
        List<Took> times =
                Arrays.stream(seconds).mapToObj(time -> new Took(at(0), time)).toList();
        assertThat(Metrics.median(times)).isEqualTo(median);
    }

    @Test
    void ratesWhenNothingWasDoneAreNone() {
        assertThat(Metrics.successRate(List.of())).isEmpty();
        assertThat(Metrics.changeFailureRate(List.of())).isEmpty();
    }

    @Test
    void ratesAreShares() {
        assertThat(Metrics.successRate(List.of(good("main", 1), good("main", 2), good("main", 3), bad("main", 4))))
                .hasValue(0.75);
        assertThat(Metrics.changeFailureRate(List.of(rollout(1, false, "a", 0), rollout(2, true, "b", 0))))
                .hasValue(0.5);
    }

    private static Instant at(int minute) {
        return Instant.parse("2026-11-26T00:00:00Z").plusSeconds(60L * minute);
    }

    private static Ended good(String line, int minute) {
        return new Ended(line, at(minute), at(minute), true);
    }

    private static Ended bad(String line, int minute) {
        return new Ended(line, at(minute), at(minute), false);
    }

    private static Deployment rollout(int minute, boolean good, String commit, int committed) {
        return new Deployment(at(minute), good, commit, Optional.of(at(committed)));
    }
}
