package io.github.ecsmaven.ecs.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What CodeDeploy showed at one moment about a deployment.
 *
 * @param id {@code d-…}
 * @param status Created, Queued, InProgress, Baking, Ready, Succeeded, Failed or Stopped
 * @param error {@code HOOK_EXECUTION_FAILURE: …}; empty without one
 * @param rollback id of the deployment that rolls it back; empty while there is none
 * @param rollsBack whether CodeDeploy rolls it back by itself when it fails
 * @param ended when it ended; empty while it is under way
 * @param termination how long the original tasks are kept when the traffic is on the new ones
 * @param terminating whether that wait has begun
 * @param target what its target shows; may be older than the rest
 */
public record DeploymentSeen(
        String id,
        String status,
        String error,
        Optional<String> rollback,
        boolean rollsBack,
        Optional<Instant> ended,
        Duration termination,
        boolean terminating,
        Target target) {
    public static final Set<String> UNDER_WAY = Set.of("Created", "Queued", "InProgress", "Baking", "Ready");

    /**
     * Its target, the service.
     *
     * @param steps the lifecycle events, in order
     * @param traffic percent of the traffic that the replacement tasks get; empty while that is not known
     * @param lastStep when the last lifecycle event ended that has; empty while none has
     */
    public record Target(List<Step> steps, Optional<Double> traffic, Optional<Instant> lastStep) {
        public static final Target UNKNOWN = new Target(List.of(), Optional.empty(), Optional.empty());

        public Target {
            steps = List.copyOf(steps);
        }

        private boolean trafficDone() {
            return succeeded("AllowTraffic")
                    && steps.stream()
                            .filter(step -> step.name().equals("AfterAllowTraffic"))
                            .allMatch(Step::succeeded);
        }

        private boolean succeeded(String name) {
            return steps.stream().anyMatch(step -> step.name().equals(name) && step.succeeded());
        }
    }

    /**
     * A lifecycle event.
     *
     * @param name Install, AllowTraffic…
     * @param status Pending, InProgress, Succeeded, Failed, Skipped or Unknown
     * @param message why it failed; may be empty
     */
    public record Step(String name, String status, String message) {
        public boolean succeeded() {
            return status.equals("Succeeded") || status.equals("Skipped");
        }
    }

    /** The traffic is on the new tasks, and nothing is left to be checked. */
    public boolean trafficDone() {
        return terminating || target.trafficDone();
    }

    /** How long the original tasks are still kept. */
    Duration keeps(Instant now) {
        Duration left = target.lastStep()
                .map(end -> termination.minus(Duration.between(end, now)))
                .orElse(termination);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean succeeded() {
        return status.equals("Succeeded");
    }

    public boolean underWay() {
        return UNDER_WAY.contains(status);
    }

    /** What went wrong, in CodeDeploy's words; empty when it says nothing. */
    public String wrong() {
        String failed = target.steps().stream()
                .filter(step -> step.status().equals("Failed"))
                .map(step -> step.name() + " failed" + (step.message().isEmpty() ? "" : ": " + step.message()))
                .findFirst()
                .orElse("");
        return failed.isEmpty() || error.isEmpty() ? failed + error : error + " (" + failed + ")";
    }
}
