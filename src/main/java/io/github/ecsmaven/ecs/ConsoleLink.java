package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.util.Optional;

/** The address at which a person sees a service in the ECS console or on the sandbox's page, or a deployment in CodeDeploy's. */
public final class ConsoleLink {
    private ConsoleLink() {}

    /** In the sandbox it leads to the service on the sandbox's own page. */
    static Optional<String> of(RolloutApis apis, Expected expected) {
        return apis.sandbox()
                ? apis.ecs()
                        .serviceClientConfiguration()
                        .endpointOverride()
                        .map(page -> page.resolve("/") + "#" + Arns.name(expected.cluster()) + "/"
                                + Arns.name(expected.service()))
                : of(
                        expected.taskDefinition(),
                        expected.cluster(),
                        expected.service(),
                        expected.isByCodeDeploy() ? Optional.of(expected.deploymentId()) : Optional.empty());
    }

    /** Of a rollout that was not in the sandbox. */
    public static Optional<String> of(Rollout rollout) {
        return of(
                rollout.taskDefinition(),
                rollout.cluster(),
                rollout.service(),
                rollout.strategy().equals("CODE_DEPLOY") ? Optional.of(rollout.deploymentId()) : Optional.empty());
    }

    private static Optional<String> of(
            String taskDefinition, String cluster, String service, Optional<String> codeDeploy) {
        // arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:18
        String[] arn = taskDefinition.split(":");
        if (arn.length < 6) {
            return Optional.empty();
        }
        String host =
                switch (arn[1]) {
                    case "aws" -> "console.aws.amazon.com";
                    case "aws-cn" -> "console.amazonaws.cn";
                    case "aws-us-gov" -> "console.amazonaws-us-gov.com";
                    default -> "";
                };
        String path = codeDeploy
                .map(deployment -> "/codesuite/codedeploy/deployments/" + deployment)
                .orElse("/ecs/v2/clusters/" + cluster + "/services/" + service + "/deployments");
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of("https://" + arn[3] + "." + host + path + "?region=" + arn[3]);
    }
}
