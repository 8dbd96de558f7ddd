package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import java.util.List;
import java.util.Optional;

/**
 * How a rollout went, as it lies in {@code target/ecs/redeploy.json}.
 *
 * @param cluster name
 * @param service name
 * @param deploymentId {@code ecs-svc/…}, of the response of the one UpdateService; {@code d-…} of CreateDeployment
 * @param taskDefinition ARN of the revision that now runs
 * @param previousTaskDefinition ARN of the revision before; empty for a new service
 * @param digest of the image
 * @param outcome how it ended
 * @param strategy of the service's deployments, as the API names it: {@code ROLLING}, {@code BLUE_GREEN}, {@code LINEAR} or
 *     {@code CANARY}; {@code CODE_DEPLOY} when CodeDeploy deploys it
 * @param url under which the service is reached, as far as known
 * @param seconds from UpdateService to the outcome
 */
public record Rollout(
        String cluster,
        String service,
        String deploymentId,
        String taskDefinition,
        Optional<String> previousTaskDefinition,
        Digest digest,
        Outcome outcome,
        String strategy,
        Optional<String> url,
        double seconds) {

    /** How it ended. */
    public enum Outcome {
        /** Proved: the deployment completed and runs the digest. */
        COMPLETED,
        /** Proved: all production traffic is on the digest ({@code ecs.waitFor=traffic}); ECS has not completed the deployment yet. */
        TRAFFIC_SHIFTED,
        /** {@code ecs.wait=false}: nobody looked. */
        STARTED,
        /** The service already ran exactly this. */
        UNCHANGED,
        /** {@code ecs.dryRun}. */
        PLANNED,
        /** It failed. */
        FAILED,
        /** It failed, and ECS rolled the service back. */
        ROLLED_BACK
    }

    /** The file: one entry a service. */
    public record Redeploy(List<Rollout> services) {
        public Redeploy {
            services = List.copyOf(services);
        }
    }
}
