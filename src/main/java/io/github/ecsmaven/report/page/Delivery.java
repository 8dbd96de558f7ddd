package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildSum;
import java.util.List;
import java.util.Optional;

/**
 * What the key metrics need of the builds, oldest first. One whose times can't be read is left out.
 *
 * @param builds those that were not interrupted
 * @param rollouts those that went to their end
 */
record Delivery(List<Metrics.Ended> builds, List<Metrics.Deployment> rollouts) {
    static Delivery of(List<BuildSum> builds) {
        return new Delivery(
                builds.stream().flatMap(build -> ended(build).stream()).toList(),
                builds.stream().flatMap(build -> rollout(build).stream()).toList());
    }

    private static Optional<Metrics.Ended> ended(BuildSum build) {
        if (build.outcome() == Outcome.INTERRUPTED) {
            return Optional.empty();
        }
        return build.started().flatMap(started -> build.ended()
                .map(ended -> new Metrics.Ended(build.line(), started, ended, build.outcome() == Outcome.SUCCESS)));
    }

    private static Optional<Metrics.Deployment> rollout(BuildSum build) {
        return build.rollout()
                .map(rollout ->
                        new Metrics.Deployment(rollout.ended(), rollout.good(), build.commit(), build.committed()));
    }
}
