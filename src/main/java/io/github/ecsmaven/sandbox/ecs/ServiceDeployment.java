package io.github.ecsmaven.sandbox.ecs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a service's history of deployments. Times are epoch milliseconds; 0: not yet.
 *
 * @param arn {@code …:service-deployment/<cluster>/<service>/<id>}
 * @param deployment id of the deployment that it tries to bring out
 * @param target ARN of the service revision to reach
 * @param sources ARNs of the service revisions that ran before
 * @param status as the API names it
 * @param reason {@code statusReason}; empty: none
 * @param rollbackTo ARN of the service revision that a failure went back to; empty: none
 * @param failedTasks failures that the circuit breaker has counted
 * @param threshold of the circuit breaker; 0: it was off
 * @param shift where it stands, when it shifts traffic; null for a rolling update
 */
record ServiceDeployment(
        String arn,
        String deployment,
        String target,
        List<String> sources,
        String status,
        String reason,
        String rollbackTo,
        int failedTasks,
        int threshold,
        @Nullable Shift shift,
        long createdAt,
        long rollbackAt,
        long updatedAt,
        long finishedAt) {
    ServiceDeployment {
        sources = List.copyOf(sources);
    }

    static ServiceDeployment begin(
            String arn, Deployment deployment, List<String> sources, @Nullable Shift shift, long now) {
        return new ServiceDeployment(
                arn,
                deployment.id(),
                deployment.revision(),
                sources,
                "IN_PROGRESS",
                "",
                "",
                0,
                0,
                shift,
                now,
                0,
                now,
                0);
    }

    /** PENDING, IN_PROGRESS and everything that asks for more. */
    boolean underWay() {
        return finishedAt == 0;
    }

    /** StopServiceDeployment was called, and nothing has come of it yet. */
    boolean toStop() {
        return status.equals("STOP_REQUESTED") || toRollBack();
    }

    boolean toRollBack() {
        return status.equals("ROLLBACK_REQUESTED");
    }

    ServiceDeployment requested(boolean rollback, long now) {
        return with(rollback ? "ROLLBACK_REQUESTED" : "STOP_REQUESTED", reason, rollbackTo, rollbackAt, now, 0);
    }

    ServiceDeployment finished(String how, String why, long now) {
        return with(how, why.isEmpty() ? reason : why, rollbackTo, rollbackAt, now, now);
    }

    ServiceDeployment rollingBack(String why, String to, long now) {
        return with("ROLLBACK_IN_PROGRESS", why, to, now, now, 0);
    }

    ServiceDeployment counted(int failures, int limit, long now) {
        if (failures == failedTasks && limit == threshold) {
            return this;
        }
        return with(status, reason, rollbackTo, failures, limit, shift, rollbackAt, now, finishedAt);
    }

    ServiceDeployment in(Shift next, long now) {
        return with(status, reason, rollbackTo, failedTasks, threshold, next, rollbackAt, now, finishedAt);
    }

    private ServiceDeployment with(String how, String why, String to, long backAt, long updated, long finished) {
        return with(how, why, to, failedTasks, threshold, shift, backAt, updated, finished);
    }

    private ServiceDeployment with(
            String how,
            String why,
            String to,
            int failures,
            int limit,
            @Nullable Shift stage,
            long backAt,
            long updated,
            long finished) {
        return new ServiceDeployment(
                arn,
                deployment,
                target,
                sources,
                how,
                why,
                to,
                failures,
                limit,
                stage,
                createdAt,
                backAt,
                updated,
                finished);
    }
}
