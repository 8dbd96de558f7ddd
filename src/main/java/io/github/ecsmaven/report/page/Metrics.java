package io.github.ecsmaven.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The four key metrics of software delivery, as DORA names them (https://dora.dev/guides/dora-metrics-four-keys/), of what the
 * build records know: builds and rollouts.
 */
final class Metrics {
    private static final Duration WEEK = Duration.ofDays(7);

    private Metrics() {}

    /**
     * A build that went to its end; one that was interrupted says nothing about the code.
     *
     * @param line what is repaired by a later good build: project and branch
     * @param ended when its outcome was known
     */
    record Ended(String line, Instant started, Instant ended, boolean good) {}

    /**
     * A rollout that went to its end.
     *
     * @param at when its outcome was known
     * @param good whether the new version serves
     * @param commit what was deployed, empty when unknown
     * @param committed when that was committed
     */
    record Deployment(Instant at, boolean good, String commit, Optional<Instant> committed) {}

    /**
     * How long something took, and when that was over.
     *
     * @param at the end
     * @param seconds never negative
     */
    record Took(Instant at, double seconds) {}

    /** Share of good builds, 0 to 1; empty without a build. */
    static OptionalDouble successRate(Collection<Ended> builds) {
        return builds.stream().mapToDouble(build -> build.good() ? 1 : 0).average();
    }

    /** Share of rollouts that failed, 0 to 1, whether or not they were rolled back; empty without a rollout. */
    static OptionalDouble changeFailureRate(Collection<Deployment> rollouts) {
        return rollouts.stream().mapToDouble(rollout -> rollout.good() ? 0 : 1).average();
    }

    /**
     * From commit to running service, oldest first. A commit counts once, with its first good rollout: to deploy it again, or
     * to go back to it, is no new change. A commit later than its rollout (a clock that is wrong) is left out.
     */
    static List<Took> leadTimes(Collection<Deployment> rollouts) {
        Set<String> seen = new HashSet<>();
        return rollouts.stream()
                .filter(Deployment::good)
                .filter(rollout -> !rollout.commit().isEmpty())
                .sorted(Comparator.comparing(Deployment::at))
                .filter(rollout -> seen.add(rollout.commit()))
                .filter(rollout -> rollout.committed()
                        .filter(time -> !time.isAfter(rollout.at()))
                        .isPresent())
                .map(rollout ->
                        new Took(rollout.at(), seconds(rollout.committed().orElseThrow(), rollout.at())))
                .toList();
    }

    /**
     * From the end of the first build that failed to the end of the next good one of the same line, oldest first. Failures in
     * between belong to the same trouble; one that lasts is left out.
     */
    static List<Took> recoveries(Collection<Ended> builds) {
        Map<String, Instant> broken = new HashMap<>();
        List<Took> recoveries = new ArrayList<>();
        builds.stream().sorted(Comparator.comparing(Ended::ended)).forEach(build -> {
            if (!build.good()) {
                broken.putIfAbsent(build.line(), build.ended());
                return;
            }
            Instant since = broken.remove(build.line());
            if (since != null) {
                recoveries.add(new Took(build.ended(), seconds(since, build.ended())));
            }
        });
        return recoveries;
    }

    /**
     * Good rollouts a week, over the time from the first build to the last, which counts as a week at least: two rollouts
     * on the first day are not fourteen a week.
     */
    static OptionalDouble deploymentsPerWeek(Collection<Deployment> rollouts, Instant first, Instant last) {
        long good = rollouts.stream().filter(Deployment::good).count();
        if (good == 0) {
            return OptionalDouble.empty();
        }
        double weeks = Math.max(1, seconds(first, last) / WEEK.toSeconds());
        return OptionalDouble.of(good / weeks);
    }

    /** Seconds in the middle; of two in the middle their mean. */
    static OptionalDouble median(Collection<Took> times) {
        if (times.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sorted = times.stream().mapToDouble(Took::seconds).sorted().toArray();
        int half = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
