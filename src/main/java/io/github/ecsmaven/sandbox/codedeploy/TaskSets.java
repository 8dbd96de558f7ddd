package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Optional;

/** What CodeDeploy does with an ECS service: a second set of tasks beside the one that serves, and the traffic between them. */
public interface TaskSets {
    /**
     * A task set.
     *
     * @param id {@code ecs-svc/…}
     * @param deployment id of CodeDeploy's deployment that made it; empty: CreateService did
     * @param status PRIMARY, ACTIVE or DRAINING
     * @param steady all its tasks serve
     * @param targetGroup ARN; empty without one
     */
    record One(
            String id,
            String deployment,
            String status,
            String taskDefinition,
            int desired,
            int pending,
            int running,
            boolean steady,
            String targetGroup) {}

    /**
     * @param production has the production traffic
     * @param beside has none
     */
    record Both(One production, Optional<One> beside) {
        /** Whether the set of a deployment has the traffic. */
        boolean serves(String deployment) {
            return production.deployment().equals(deployment);
        }

        /** The set of a deployment, wherever it is. */
        Optional<One> of(String deployment) {
            return serves(deployment)
                    ? Optional.of(production)
                    : beside.filter(one -> one.deployment().equals(deployment));
        }
    }

    /** Empty when there is no such service, or CodeDeploy does not deploy it. */
    Optional<Both> find(String serviceArn);

    /**
     * Starts a set beside the one that serves.
     *
     * @param deployment id of the deployment that makes it
     * @param balancer the load balancer of its tasks; empty: the service's
     * @throws io.github.ecsmaven.sandbox.wire.AwsError when the task definition can't be used
     */
    void create(
            String serviceArn, String taskDefinition, String deployment, Optional<JsonNode> balancer, Caller caller);

    /** The two sets change places: the production traffic goes to the other one. */
    void swap(String serviceArn);

    /** The set without production traffic comes to its end; it is gone when its last task is. */
    void end(String serviceArn);
}
