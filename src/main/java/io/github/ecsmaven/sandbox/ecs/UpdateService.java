package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;

/** UpdateService: changes settings and desired count, and begins a deployment when that is due. */
final class UpdateService implements Handler {
    /** A change of one of these makes a new deployment; of others (percentages, breaker, count) it doesn't. */
    private static final List<String> DEPLOYED = List.of(
            "capacityProviderStrategy",
            "networkConfiguration",
            "platformVersion",
            "loadBalancers",
            "serviceRegistries",
            "propagateTags",
            "enableExecuteCommand",
            "enableECSManagedTags");

    private final Store store;
    private final Names names;
    private final Render render;
    private final Deploy deploy;

    UpdateService(Store store, Names names, Render render, Deploy deploy) {
        this.store = store;
        this.names = names;
        this.render = render;
        this.deploy = deploy;
    }

    @Override
    public ObjectNode handle(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        Service service = names.service(cluster, request);
        if (!service.active()) {
            throw new AwsError("ServiceNotActiveException", 400, "Service was not ACTIVE.");
        }
        if (service.byCodeDeploy()) {
            refuseDeployment(request);
        }
        Service changed = change(service, request);
        ObjectNode definition = definition(service, request, caller);
        if (due(service, changed, definition, request)) {
            CreateService.checkNetwork(definition, changed.settings());
            CreateService.checkStrategy(changed.settings());
            changed = deploy.run(changed, definition);
        }
        store.put(changed);
        ObjectNode answer = Json.object();
        answer.set("service", render.service(changed, true));
        return answer;
    }

    /** Texts: fabfuel/ecs-deploy#175, and public notes on capacity providers with CodeDeploy. */
    private static void refuseDeployment(ObjectNode request) {
        String end =
                " on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.";
        if (!request.path("taskDefinition").asText("").isEmpty()) {
            throw Names.invalid("Unable to update task definition" + end);
        }
        if (request.path("forceNewDeployment").asBoolean()) {
            throw Names.invalid("Cannot force a new deployment" + end);
        }
    }

    private ObjectNode definition(Service service, ObjectNode request, Caller caller) {
        String given = request.path("taskDefinition").asText("");
        if (!given.isEmpty()) {
            return names.usableTaskDefinition(given, caller);
        }
        ObjectNode current = store.taskDefinitions().get(service.primary().taskDefinition());
        if (current == null) {
            throw new AwsError("ClientException", 400, "TaskDefinition not found.");
        }
        return current;
    }

    private static Service change(Service service, ObjectNode request) {
        ObjectNode settings = service.settings().deepCopy();
        request.properties().forEach(member -> {
            if (!CreateService.NOT_SETTINGS.contains(member.getKey())) {
                settings.set(member.getKey(), merged(member.getKey(), member.getValue(), settings));
            }
        });
        int desired = request.path("desiredCount").asInt(service.desired());
        return service.settings(desired, settings, service.port());
    }

    /** Of the deployment configuration, what isn't given stays. */
    private static JsonNode merged(String name, JsonNode value, ObjectNode settings) {
        if (!name.equals("deploymentConfiguration")) {
            return value;
        }
        ObjectNode whole = Json.object();
        for (var part : List.of(settings.path(name), value)) {
            part.properties().forEach(one -> whole.set(one.getKey(), one.getValue()));
        }
        return whole;
    }

    private static boolean due(Service before, Service after, ObjectNode definition, ObjectNode request) {
        String arn = definition.path("taskDefinitionArn").asText();
        return request.path("forceNewDeployment").asBoolean()
                || !before.primary().taskDefinition().equals(arn)
                || DEPLOYED.stream().anyMatch(member -> !before.settings()
                        .path(member)
                        .equals(after.settings().path(member)));
    }
}
