package io.github.ecsmaven.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A permission that a call needs, and the refusal of who lacks it.
 *
 * @param resource its ARN, or {@code *} of actions that know none
 */
record Denial(String service, String action, String resource) {
    private static final Set<String> ROLES_ARE_PASSED = Set.of("RegisterTaskDefinition", "RunTask", "CreateService");

    /** The permissions of a call: that of its action, and that of each role that it hands on. */
    static List<Denial> of(String service, String action, JsonNode request, Caller caller) {
        List<Denial> needed = new ArrayList<>();
        needed.add(new Denial(service, action, resource(service, action, request, caller)));
        if (service.equals("ecs") && ROLES_ARE_PASSED.contains(action)) {
            Stream.of("executionRoleArn", "taskRoleArn")
                    .map(role -> request.path(role).asText(""))
                    .filter(role -> !role.isEmpty())
                    .forEach(role -> needed.add(new Denial("iam", "PassRole", role)));
        }
        return needed;
    }

    private static String resource(String service, String action, JsonNode request, Caller caller) {
        if (service.equals("ecr") && request.has("repositoryName")) {
            return caller.arn(
                    "ecr", "repository/" + request.path("repositoryName").asText());
        }
        if (service.equals("ecs") && action.contains("TaskDefinition")) {
            return action.equals("RegisterTaskDefinition")
                    ? caller.arn(
                            "ecs", "task-definition/" + request.path("family").asText() + ":*")
                    : "*";
        }
        if (service.equals("ecs") && request.has("serviceDeploymentArn")) {
            return request.path("serviceDeploymentArn").asText();
        }
        String name = firstOf(request.path("services"))
                + request.path("serviceName").asText("")
                + request.path("service").asText("");
        if (service.equals("ecs") && !name.isEmpty()) {
            String cluster = last(request.path("cluster").asText("default"));
            return name.startsWith("arn:") ? name : caller.arn("ecs", "service/" + cluster + "/" + name);
        }
        if (service.equals("ecs") && action.equals("DescribeClusters")) {
            return caller.arn("ecs", "cluster/" + last(firstOf(request.path("clusters"))));
        }
        if (service.equals("codedeploy") && request.has("deploymentGroupName")) {
            return caller.arn(
                    service,
                    "deploymentgroup:" + request.path("applicationName").asText() + "/"
                            + request.path("deploymentGroupName").asText());
        }
        if (service.equals("logs") && request.has("logGroupName")) {
            return caller.arn(
                    "logs", "log-group:" + request.path("logGroupName").asText() + ":*");
        }
        return request.path("RoleArn").asText("*");
    }

    private static String firstOf(JsonNode list) {
        return list.path(0).asText("");
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    AwsError error(Caller caller) {
        String permission = service + ":" + action;
        return new AwsError(
                "AccessDeniedException",
                400,
                "User: " + caller.identity() + " is not authorized to perform: " + permission + " on resource: "
                        + resource + " because no identity-based policy allows the " + permission + " action");
    }
}
