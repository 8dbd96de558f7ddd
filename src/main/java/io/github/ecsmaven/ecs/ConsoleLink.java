package io.github.ecsmaven.ecs;

import java.util.Optional;

/** The address at which a person sees a service in the ECS console, or a deployment in CodeDeploy's. */
final class ConsoleLink {
    private ConsoleLink() {}

    /** Empty in the sandbox, which has no console. */
    static Optional<String> of(RolloutApis apis, Expected expected) {
        // arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:18
        String[] arn = expected.taskDefinition().split(":");
        if (apis.sandbox() || arn.length < 6) {
            return Optional.empty();
        }
        String host =
                switch (arn[1]) {
                    case "aws" -> "console.aws.amazon.com";
                    case "aws-cn" -> "console.amazonaws.cn";
                    case "aws-us-gov" -> "console.amazonaws-us-gov.com";
                    default -> "";
                };
        String path = expected.isByCodeDeploy()
                ? "/codesuite/codedeploy/deployments/" + expected.deploymentId()
                : "/ecs/v2/clusters/" + expected.cluster() + "/services/" + expected.service() + "/deployments";
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of("https://" + arn[3] + "." + host + path + "?region=" + arn[3]);
    }
}
