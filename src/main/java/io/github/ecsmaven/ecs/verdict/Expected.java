package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a watched rollout shall come to.
 *
 * @param cluster name
 * @param service name
 * @param deploymentId of the response of UpdateService, CreateService or CreateDeployment
 * @param taskDefinition ARN that it brings
 * @param good ARN of the last one that completed, which a rollback brings back; empty for a first deployment
 * @param container that got the image
 * @param image to be proved; empty when any image is right (a rollback)
 * @param desired count when it began
 * @param breaker what ECS itself does about a failing deployment
 * @param started when it began, by this machine's clock
 * @param timeout of the wait
 * @param strategy how ECS brings it out
 * @param waitFor what the wait is for
 */
public record Expected(
        String cluster,
        String service,
        String deploymentId,
        String taskDefinition,
        Optional<String> good,
        String container,
        Optional<Image> image,
        int desired,
        Breaker breaker,
        Instant started,
        Duration timeout,
        Strategy strategy,
        WaitFor waitFor) {

    /**
     * The image that the container has to run.
     *
     * @param digest of its manifest
     * @param platforms digests of the manifests that it lists when it is an index; a task runs one of these
     * @param pinned whether the task definition itself names the digest
     */
    public record Image(Digest digest, Set<Digest> platforms, boolean pinned) {
        /** True when who runs this digest runs the image, or one platform's part of it. */
        boolean isProvedBy(String shown) {
            return shown.equals(digest.value())
                    || platforms.stream().map(Digest::value).anyMatch(shown::equals);
        }
    }

    /** What ECS itself does about a deployment that fails: circuit breaker and alarms of the deployment configuration. */
    public enum Breaker {
        /** Nothing. */
        OFF,
        /** The circuit breaker ends it and leaves the service as it is. */
        STOPS,
        /** The circuit breaker ends it and brings the last good version back. */
        ROLLS_BACK,
        /** An alarm that goes off brings the last good version back; no circuit breaker does. */
        ALARMS_ROLL_BACK
    }

    /** Whether CodeDeploy deploys; its ids are {@code d-…}, those of ECS {@code ecs-svc/…}. */
    public boolean isByCodeDeploy() {
        return deploymentId.startsWith("d-");
    }

    /** Who deploys, in words. */
    public String deployer() {
        return isByCodeDeploy() ? "CodeDeploy" : "ECS";
    }

    /** True for a rollback: any image is right. */
    public boolean isRollback() {
        return image.isEmpty();
    }

    /** The same deployment, which ECS was asked to roll back. */
    public Expected toBeRolledBack(Instant now) {
        return new Expected(
                cluster,
                service,
                deploymentId,
                taskDefinition,
                good,
                container,
                image,
                desired,
                Breaker.ROLLS_BACK,
                now,
                timeout,
                strategy,
                WaitFor.complete);
    }

    /** How many failed tasks make the circuit breaker fire: half of the desired count, 3 to 200 (ECS developer guide). */
    int breakerThreshold() {
        return Math.max(3, Math.min(200, (desired + 1) / 2));
    }

    public boolean late(Instant now) {
        return Duration.between(started, now).compareTo(timeout) >= 0;
    }

    /** A rollback by ECS that is under way is followed for as long again. */
    boolean veryLate(Instant now) {
        return Duration.between(started, now).compareTo(timeout.multipliedBy(2)) >= 0;
    }
}
