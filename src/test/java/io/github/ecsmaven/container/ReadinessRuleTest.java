package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.container.Observation.Probe;
import io.github.ecsmaven.container.Observation.State;
import io.github.ecsmaven.container.ReadinessRule.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadinessRuleTest {
    private static final Instant DEADLINE = Instant.parse("2026-01-01T00:01:00Z");
    private static final Instant EARLY = DEADLINE.minusSeconds(30);
    private static final Instant STARTED = DEADLINE.minusSeconds(60);
    private static final State DEAD = new State(false, 3, false, "");

    static Stream<Arguments> cases() {
        Probe nothing = new Probe.NotAsked();
        Probe silent = new Probe.Silent("connection refused");
        return Stream.of(
                arguments("path: 200", path(), seen(new Probe.Http(200, "")), EARLY, new Verdict.Ready("GET /h 200")),
                arguments(
                        "path: ready beats the deadline",
                        path(),
                        seen(new Probe.Http(200, "")),
                        DEADLINE,
                        new Verdict.Ready("GET /h 200")),
                arguments(
                        "path: a status not listed",
                        path(),
                        seen(new Probe.Http(503, "DOWN")),
                        EARLY,
                        new Verdict.Waiting("503 from GET /h: DOWN")),
                arguments(
                        "path: no answer",
                        path(),
                        seen(silent),
                        EARLY,
                        new Verdict.Waiting("no answer to GET /h: connection refused")),
                arguments(
                        "path: too late",
                        path(),
                        seen(new Probe.Http(404, "")),
                        DEADLINE,
                        new Verdict.TooLate("404 from GET /h")),
                arguments("dead at the deadline", path(), dead(), DEADLINE, new Verdict.Died(DEAD)),
                arguments(
                        "port: open",
                        port(),
                        seen(new Probe.Open()),
                        EARLY,
                        new Verdict.Ready("port 8080 accepts connections")),
                arguments(
                        "port: silent",
                        port(),
                        seen(silent),
                        EARLY,
                        new Verdict.Waiting("port 8080 does not answer: connection refused")),
                arguments(
                        "port: not asked is not ready",
                        port(),
                        seen(nothing),
                        EARLY,
                        new Verdict.Waiting("port 8080 does not answer: not asked yet")),
                arguments(
                        "line: not seen",
                        line(),
                        seen(nothing),
                        EARLY,
                        new Verdict.Waiting("no log line matches 'Started'")),
                arguments(
                        "line: seen",
                        line(),
                        new Observation(State.RUNNING, nothing, true),
                        EARLY,
                        new Verdict.Ready("log line 'Started'")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void evaluateDecides(
            String label, ContainerRequest.Readiness readiness, Observation seen, Instant now, Verdict expected) {
        assertThat(new ReadinessRule(readiness, Optional.of(8080), STARTED, DEADLINE).evaluate(seen, now))
                .as(label)
                .isEqualTo(expected);
    }

    /** Without a known port. */
    static Stream<Arguments> portless() {
        Probe nothing = new Probe.NotAsked();
        return Stream.of(
                arguments(
                        "it runs at the first look",
                        port(),
                        seen(nothing),
                        STARTED,
                        new Verdict.Waiting("it has not run for 1 s yet")),
                arguments(
                        "just under a second",
                        port(),
                        seen(nothing),
                        STARTED.plusMillis(999),
                        new Verdict.Waiting("it has not run for 1 s yet")),
                arguments(
                        "a second",
                        port(),
                        seen(nothing),
                        STARTED.plusSeconds(1),
                        new Verdict.Ready("it runs, nothing was asked")),
                arguments("dead within a second", port(), dead(), STARTED, new Verdict.Died(DEAD)),
                arguments(
                        "it runs, at the deadline",
                        port(),
                        seen(nothing),
                        DEADLINE,
                        new Verdict.Ready("it runs, nothing was asked")),
                arguments(
                        "line: seen at the first look",
                        line(),
                        new Observation(State.RUNNING, nothing, true),
                        STARTED,
                        new Verdict.Ready("log line 'Started'")),
                arguments("dead", port(), dead(), EARLY, new Verdict.Died(DEAD)),
                arguments(
                        "line: not seen",
                        line(),
                        seen(nothing),
                        DEADLINE,
                        new Verdict.TooLate("no log line matches 'Started'")),
                arguments(
                        "line: seen",
                        line(),
                        new Observation(State.RUNNING, nothing, true),
                        EARLY,
                        new Verdict.Ready("log line 'Started'")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("portless")
    void evaluateWhenNoPortIsKnownDecides(
            String label, ContainerRequest.Readiness readiness, Observation seen, Instant now, Verdict expected) {
        assertThat(new ReadinessRule(readiness, Optional.empty(), STARTED, DEADLINE).evaluate(seen, now))
                .as(label)
                .isEqualTo(expected);
    }

    private static ContainerRequest.Readiness path() {
        return new ContainerRequest.Readiness(Optional.of("/h"), List.of(200), Optional.empty());
    }

    private static ContainerRequest.Readiness port() {
        return new ContainerRequest.Readiness(Optional.empty(), List.of(), Optional.empty());
    }

    private static ContainerRequest.Readiness line() {
        return new ContainerRequest.Readiness(Optional.empty(), List.of(), Optional.of("Started"));
    }

    private static Observation seen(Probe probe) {
        return new Observation(State.RUNNING, probe, false);
    }

    private static Observation dead() {
        return new Observation(DEAD, new Probe.NotAsked(), false);
    }
}
