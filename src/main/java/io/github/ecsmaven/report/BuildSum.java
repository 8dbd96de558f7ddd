package io.github.ecsmaven.report;

import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What charts and key metrics need of a build: one of the many whose details nobody sees.
 *
 * @param id of the record
 * @param number as the CI shows it
 * @param outcome how the build ended
 * @param started to the millisecond; empty when the record's time can't be read
 * @param seconds from its start to its end, with milliseconds
 * @param line what is repaired by a later good build: project and branch
 * @param commit empty when unknown
 * @param committed when that was committed
 * @param stages in the order in which a build comes to them
 * @param rollout one a build, however many services it has; what was not waited for, was unchanged or went back is none
 */
public record BuildSum(
        String id,
        String number,
        Outcome outcome,
        Optional<Instant> started,
        double seconds,
        String line,
        String commit,
        Optional<Instant> committed,
        List<Stage> stages,
        Optional<Rollout> rollout) {
    /** Oldest first. */
    public static final Comparator<BuildSum> BY_ID = Comparator.comparing(BuildSum::id);

    private static final Set<String> GOOD = Set.of("COMPLETED", "TRAFFIC_SHIFTED");
    private static final Set<String> BAD = Set.of("FAILED", "ROLLED_BACK");

    public BuildSum {
        Stream.of(id, number, outcome, started, line, commit, committed, rollout)
                .forEach(Objects::requireNonNull);
        stages = List.copyOf(stages);
    }

    /**
     * A stage in all modules.
     *
     * @param status of the module that fared worst
     * @param seconds all modules together, with milliseconds
     * @param ran whether a module came to it
     */
    public record Stage(String stage, Status status, double seconds, boolean ran) {
        public Stage {
            Objects.requireNonNull(stage);
            Objects.requireNonNull(status);
        }
    }

    /**
     * A rollout that went to its end.
     *
     * @param ended when its outcome was known, to the millisecond
     * @param good whether the new version serves
     */
    public record Rollout(Instant ended, boolean good) {
        public Rollout {
            Objects.requireNonNull(ended);
        }
    }

    /** The sum of a build. */
    public static BuildSum of(BuildRecord build) {
        return new BuildSum(
                build.id(),
                build.number(),
                build.outcome(),
                time(build.started()),
                seconds(build.seconds()),
                build.project() + " " + build.source().flatMap(Source::branch).orElse(""),
                build.source().flatMap(Source::commit).orElse(""),
                build.source().flatMap(Source::committed).flatMap(BuildSum::time),
                StageSum.of(build).stream()
                        .map(sum -> new Stage(sum.stage(), sum.status(), seconds(sum.seconds()), sum.ran() > 0))
                        .toList(),
                rollout(build));
    }

    /** When it ended; empty when the record's times can't be read. */
    public Optional<Instant> ended() {
        return started.map(start -> BuildRecord.after(start, seconds));
    }

    /** That stage, when the build was to come to it. */
    public Optional<Stage> stage(String name) {
        for (Stage stage : stages) {
            if (stage.stage().equals(name)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    private static Optional<Rollout> rollout(BuildRecord build) {
        boolean any = false;
        boolean good = true;
        Optional<Instant> ended = Optional.empty();
        for (Module module : build.modules()) {
            if (isDeployed(module)) {
                any = true;
                good &= module.services().stream().noneMatch(service -> BAD.contains(service.outcome()));
                ended = later(ended, rolledOut(module));
            }
        }
        boolean isGood = good;
        return any
                ? ended.or(() -> BuildRecord.time(build.ended()))
                        .map(time -> new Rollout(time.truncatedTo(ChronoUnit.MILLIS), isGood))
                : Optional.empty();
    }

    private static boolean isDeployed(Module module) {
        return module.services().stream()
                        .anyMatch(service -> GOOD.contains(service.outcome()) || BAD.contains(service.outcome()))
                && module.stages().stream().noneMatch(stage -> stage.stage().equals("rollback"));
    }

    private static Optional<Instant> rolledOut(Module module) {
        Optional<Instant> at = Optional.empty();
        for (BuildRecord.Stage stage : module.stages()) {
            if (stage.stage().equals("rollout")) {
                at = later(at, stage.ended());
            }
        }
        return at;
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isAfter(one.get()) ? other : one;
    }

    private static double seconds(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    private static Optional<Instant> time(String text) {
        return BuildRecord.time(text).map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    }
}
