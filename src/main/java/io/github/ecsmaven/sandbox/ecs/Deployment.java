package io.github.ecsmaven.sandbox.ecs;

/**
 * One deployment of a service, as DescribeServices shows it. Times are epoch milliseconds.
 *
 * @param id {@code ecs-svc/<digits>}
 * @param status {@code PRIMARY} or {@code ACTIVE}
 * @param taskDefinition its ARN
 * @param revision ARN of the service revision
 * @param rollout where it stands
 * @param reason {@code rolloutStateReason}
 * @param failedTasks failures in a row
 * @param lastFailureAt the time of the last one; 0: none
 * @param rollback true while the service comes back to it after a failure
 */
record Deployment(
        String id,
        String status,
        String taskDefinition,
        String revision,
        Rollout rollout,
        String reason,
        int failedTasks,
        long lastFailureAt,
        boolean rollback,
        long createdAt,
        long updatedAt) {

    /** {@code rolloutState}. */
    enum Rollout {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    static Deployment begin(String id, String taskDefinition, String revision, long now) {
        String reason = "ECS deployment " + id + " in progress.";
        return new Deployment(
                id, "PRIMARY", taskDefinition, revision, Rollout.IN_PROGRESS, reason, 0, 0, false, now, now);
    }

    boolean primary() {
        return status.equals("PRIMARY");
    }

    boolean inProgress() {
        return rollout == Rollout.IN_PROGRESS;
    }

    Deployment active(long now) {
        return new Deployment(
                id,
                "ACTIVE",
                taskDefinition,
                revision,
                rollout,
                reason,
                failedTasks,
                lastFailureAt,
                false,
                createdAt,
                now);
    }

    Deployment completed(long now) {
        return in(Rollout.COMPLETED, "ECS deployment " + id + " completed.", now);
    }

    Deployment failed(String why, long now) {
        return in(Rollout.FAILED, why, now);
    }

    private Deployment in(Rollout next, String why, long now) {
        return new Deployment(
                id, status, taskDefinition, revision, next, why, failedTasks, lastFailureAt, false, createdAt, now);
    }

    /** This deployment as the one that the service returns to. */
    Deployment again(String why, long now) {
        return new Deployment(
                id, "PRIMARY", taskDefinition, revision, Rollout.IN_PROGRESS, why, 0, 0, true, createdAt, now);
    }

    /** After this many more failures; 0: one task runs well, which ends the row. */
    Deployment failures(int more, long now) {
        int row = more == 0 ? 0 : failedTasks + more;
        return new Deployment(
                id,
                status,
                taskDefinition,
                revision,
                rollout,
                reason,
                row,
                more == 0 ? 0 : now,
                rollback,
                createdAt,
                more == 0 ? updatedAt : now);
    }
}
