package io.github.ecsmaven.container;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides from what was seen whether a container is ready.
 *
 * @param readiness what has to hold
 * @param port in the container; empty: none is known, so without a line it has to run for a second, no more
 * @param started when its process began
 * @param deadline from then on it is too late
 */
record ReadinessRule(ContainerRequest.Readiness readiness, Optional<Integer> port, Instant started, Instant deadline) {
    private static final Duration STEADY = Duration.ofSeconds(1);

    /** What was decided. */
    sealed interface Verdict {
        /** @param proof what proved it */
        record Ready(String proof) implements Verdict {}

        /** @param why what does not hold yet */
        record Waiting(String why) implements Verdict {}

        /** @param state how it ended */
        record Died(Observation.State state) implements Verdict {}

        /** @param last what was seen last */
        record TooLate(String last) implements Verdict {}
    }

    Verdict evaluate(Observation seen, Instant now) {
        if (!seen.state().running()) {
            return new Verdict.Died(seen.state());
        }
        Optional<String> missing = missing(seen, now);
        if (missing.isEmpty()) {
            return new Verdict.Ready(proof(seen));
        }
        return now.isBefore(deadline) ? new Verdict.Waiting(missing.get()) : new Verdict.TooLate(missing.get());
    }

    private Optional<String> missing(Observation seen, Instant now) {
        if (readiness.line().isPresent() && !seen.lineSeen()) {
            return Optional.of("no log line matches '" + readiness.line().get() + "'");
        }
        if (readiness.path().isPresent()) {
            return missingAnswer("GET " + readiness.path().get(), seen.probe());
        }
        if (unasked() && now.isBefore(started.plus(STEADY))) {
            return Optional.of("it has not run for 1 s yet");
        }
        if (readiness.line().isPresent() || port.isEmpty() || seen.probe() instanceof Observation.Probe.Open) {
            return Optional.empty();
        }
        return Optional.of("port " + port.get() + " does not answer: " + silence(seen.probe()));
    }

    private boolean unasked() {
        return readiness.path().isEmpty() && readiness.line().isEmpty() && port.isEmpty();
    }

    private Optional<String> missingAnswer(String question, Observation.Probe probe) {
        if (!(probe instanceof Observation.Probe.Http http)) {
            return Optional.of("no answer to " + question + ": " + silence(probe));
        }
        if (readiness.statuses().contains(http.status())) {
            return Optional.empty();
        }
        String excerpt = http.body().isEmpty() ? "" : ": " + http.body();
        return Optional.of(http.status() + " from " + question + excerpt);
    }

    private String silence(Observation.Probe probe) {
        return probe instanceof Observation.Probe.Silent silent ? silent.why() : "not asked yet";
    }

    private String proof(Observation seen) {
        if (readiness.path().isPresent() && seen.probe() instanceof Observation.Probe.Http http) {
            return "GET " + readiness.path().get() + " " + http.status();
        }
        return readiness
                .line()
                .map(line -> "log line '" + line + "'")
                .or(() -> port.map(number -> "port " + number + " accepts connections"))
                .orElse("it runs, nothing was asked");
    }
}
