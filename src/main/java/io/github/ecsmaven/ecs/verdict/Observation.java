package io.github.ecsmaven.ecs.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What ECS showed at one moment about a service whose rollout is watched.
 *
 * @param status of the service: ACTIVE, DRAINING, INACTIVE; MISSING when ECS doesn't know it
 * @param desired count of the service
 * @param running count of the service
 * @param deployments as in DescribeServices
 * @param tasks of the service, running and stopped, of every deployment
 * @param tracked ECS's service deployment of this rollout, when it can be read
 * @param images what ECS resolved for this rollout's service revision; empty when it can't be read
 * @param proofReadable whether tasks or revisions can be read at all
 * @param events texts since the rollout began, the newest first
 */
public record Observation(
        String status,
        int desired,
        int running,
        List<Deployed> deployments,
        List<TaskSeen> tasks,
        Optional<Tracked> tracked,
        List<ImageSeen> images,
        boolean proofReadable,
        List<String> events) {

    public Observation {
        deployments = List.copyOf(deployments);
        tasks = List.copyOf(tasks);
        images = List.copyOf(images);
        events = List.copyOf(events);
    }

    /**
     * A deployment of DescribeServices.
     *
     * @param status PRIMARY, ACTIVE, or DRAINING, which the API model doesn't list
     * @param updatedAt when ECS changed it last
     * @param rolloutState COMPLETED, FAILED, IN_PROGRESS; empty behind a Classic Load Balancer
     */
    public record Deployed(
            String id,
            String status,
            String taskDefinition,
            int desired,
            int pending,
            int running,
            int failed,
            Instant createdAt,
            Instant updatedAt,
            String rolloutState,
            String reason) {
        public boolean primary() {
            return status.equals("PRIMARY");
        }
    }

    /**
     * A service deployment of ECS's history.
     *
     * @param shift where it stands, of one that shifts traffic; empty while that isn't known
     */
    public record Tracked(String arn, String status, String reason, Optional<Shift> shift) {
        private static final Set<String> UNDER_WAY = Set.of("PENDING", "IN_PROGRESS");
        private static final Set<String> ROLLING_BACK = Set.of("ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS");

        /** Whether it goes forward, so that StopServiceDeployment can end it. */
        public boolean underWay() {
            return UNDER_WAY.contains(status);
        }

        /** Whether ECS is on its way back to the version before. */
        public boolean rollingBack() {
            return ROLLING_BACK.contains(status);
        }
    }

    /**
     * Where a deployment stands that shifts traffic from the old tasks to the new ones (DescribeServiceDeployments).
     *
     * @param stage {@code lifecycleStage}
     * @param production percentage of the production traffic that the new tasks shall get, where a load balancer has it
     * @param since when the stage, or its step, began; empty when that isn't known
     */
    public record Shift(String stage, Optional<Double> production, Optional<Instant> since) {
        private static final Set<String> SHIFTED = Set.of("POST_PRODUCTION_TRAFFIC_SHIFT", "BAKE_TIME", "CLEAN_UP");

        /** Whether all production traffic is on the new tasks. */
        boolean shifted() {
            return SHIFTED.contains(stage);
        }

        /** What is left of a stage that lasts so long. */
        Duration left(Duration whole, Instant now) {
            Duration left = since.map(begun -> whole.minus(Duration.between(begun, now)))
                    .orElse(whole);
            return left.isNegative() ? Duration.ZERO : left.compareTo(whole) > 0 ? whole : left;
        }
    }

    /** A container's image and the digest that ECS resolved. */
    public record ImageSeen(String container, String image, String digest) {}

    /** A task; texts that ECS didn't send are empty. */
    public record TaskSeen(
            String id,
            String startedBy,
            String lastStatus,
            String desiredStatus,
            String health,
            String stopCode,
            String stoppedReason,
            Optional<Instant> createdAt,
            Optional<Instant> stoppedAt,
            List<ContainerSeen> containers) {
        public TaskSeen {
            containers = List.copyOf(containers);
        }

        boolean stopping() {
            return desiredStatus.equals("STOPPED") && !lastStatus.equals("STOPPED");
        }
    }

    /** A container of a task. */
    public record ContainerSeen(
            String name, String image, String digest, Optional<Integer> exitCode, String reason, String health) {}

    Optional<Shift> shift() {
        return tracked.flatMap(Tracked::shift);
    }

    /** The same, with what else is known of the deployment. */
    public Observation with(Tracked known) {
        return new Observation(
                status, desired, running, deployments, tasks, Optional.of(known), images, proofReadable, events);
    }

    /** The same with the tasks as they are now. */
    public Observation with(List<TaskSeen> now) {
        return new Observation(status, desired, running, deployments, now, tracked, images, proofReadable, events);
    }

    Optional<Deployed> deployment(String id) {
        return deployments.stream().filter(d -> d.id().equals(id)).findFirst();
    }

    public Optional<Deployed> primary() {
        return deployments.stream().filter(Deployed::primary).findFirst();
    }

    List<TaskSeen> tasksOf(String deploymentId) {
        return tasks.stream().filter(t -> t.startedBy().equals(deploymentId)).toList();
    }
}
