package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * A service to bring back onto an earlier version.
 *
 * @param cluster name or ARN
 * @param service name
 * @param to revision ({@code 17}, {@code orders:17} or an ARN) or digest ({@code sha256:…}); empty: the last deployment that
 *     completed with another task definition
 * @param await wait for the outcome
 * @param timeout of the wait
 * @param dryRun say what would change; change nothing
 * @param codeDeploy who deploys it when its deployment controller is CODE_DEPLOY; an AppSpec is not looked at
 */
public record RollBackRequest(
        String cluster,
        String service,
        Optional<String> to,
        boolean await,
        Duration timeout,
        boolean dryRun,
        Wanted.CodeDeploy codeDeploy) {
    /** @throws io.github.ecsmaven.Problem when ECS takes no such name of a cluster or service */
    public RollBackRequest {
        EcsNames.requireCluster(cluster);
        EcsNames.requireService(service);
    }

    /**
     * What the rollback shall come to: any image is right.
     *
     * @param before the service as it was before
     * @param deployment id of what is watched
     * @param brings ARN of the task definition
     * @param good what would be brought back if that failed
     */
    Expected expected(
            Service before,
            String deployment,
            String brings,
            Optional<String> good,
            Expected.Breaker breaker,
            Instant started,
            WaitFor waitFor) {
        return new Expected(
                Arns.name(cluster),
                service,
                deployment,
                brings,
                good,
                "",
                Optional.empty(),
                ReadObservation.number(before.desiredCount()),
                breaker,
                started,
                timeout,
                ReadStrategy.of(before),
                waitFor);
    }
}
