package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the key metrics need of the records, oldest first. A record whose times can't be read is left out.
 *
 * @param builds those that were not interrupted
 * @param rollouts one a build, however many services it has; what was not waited for, was unchanged or went back is none
 */
record Delivery(List<Metrics.Ended> builds, List<Metrics.Deployment> rollouts) {
    private static final Set<String> GOOD = Set.of("COMPLETED", "TRAFFIC_SHIFTED");
    private static final Set<String> BAD = Set.of("FAILED", "ROLLED_BACK");

    static Delivery of(List<BuildRecord> records) {
        return new Delivery(
                records.stream().flatMap(record -> ended(record).stream()).toList(),
                records.stream().flatMap(record -> rollout(record).stream()).toList());
    }

    private static Optional<Metrics.Ended> ended(BuildRecord build) {
        Optional<Instant> started = time(build.started());
        Optional<Instant> ended = time(build.ended());
        if (build.outcome() == Outcome.INTERRUPTED || started.isEmpty() || ended.isEmpty()) {
            return Optional.empty();
        }
        String branch = build.source().flatMap(Source::branch).orElse("");
        return Optional.of(new Metrics.Ended(
                build.project() + " " + branch, started.get(), ended.get(), build.outcome() == Outcome.SUCCESS));
    }

    private static Optional<Metrics.Deployment> rollout(BuildRecord build) {
        List<Module> deployed = build.modules().stream()
                .filter(module -> module.stages().stream()
                        .noneMatch(stage -> stage.stage().equals("rollback")))
                .filter(module -> outcomes(module).anyMatch(outcome -> GOOD.contains(outcome) || BAD.contains(outcome)))
                .toList();
        Optional<Instant> at = deployed.stream()
                .flatMap(module -> module.stages().stream())
                .filter(stage -> stage.stage().equals("rollout"))
                .flatMap(stage -> end(stage).stream())
                .max(Instant::compareTo)
                .or(() -> time(build.ended()));
        if (deployed.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        boolean good = deployed.stream().flatMap(Delivery::outcomes).noneMatch(BAD::contains);
        return Optional.of(new Metrics.Deployment(
                at.get(),
                good,
                build.source().flatMap(Source::commit).orElse(""),
                build.source().flatMap(Source::committed).flatMap(Delivery::time)));
    }

    private static Stream<String> outcomes(Module module) {
        return module.services().stream().map(Service::outcome);
    }

    private static Optional<Instant> end(Stage stage) {
        return stage.started()
                .flatMap(Delivery::time)
                .map(start -> start.plusMillis(Math.round(stage.seconds() * 1000)));
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
