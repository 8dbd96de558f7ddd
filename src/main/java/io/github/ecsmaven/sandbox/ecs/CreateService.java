package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Optional;
import java.util.Set;

/** CreateService. */
final class CreateService implements Handler {
    /** Members of a request that aren't members of a service, or that are kept apart. */
    static final Set<String> NOT_SETTINGS = Set.of(
            "cluster",
            "service",
            "serviceName",
            "desiredCount",
            "taskDefinition",
            "clientToken",
            "tags",
            "role",
            "forceNewDeployment",
            "serviceConnectConfiguration",
            "volumeConfigurations",
            "vpcLatticeConfigurations");

    private final Store store;
    private final Names names;
    private final Render render;
    private final Deploy deploy;
    private final Ticker time;

    CreateService(Store store, Names names, Render render, Deploy deploy, Ticker time) {
        this.store = store;
        this.names = names;
        this.render = render;
        this.deploy = deploy;
        this.time = time;
    }

    @Override
    public ObjectNode handle(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        String name = request.path("serviceName").asText("");
        if (!name.matches("[a-zA-Z0-9_-]{1,255}")) {
            throw Names.invalid("Invalid service name: " + name);
        }
        if (request.path("taskDefinition").asText("").isEmpty()) {
            throw Names.invalid("TaskDefinition cannot be null or empty.");
        }
        ObjectNode definition =
                names.usableTaskDefinition(request.path("taskDefinition").asText(), caller);
        checkNetwork(definition, request);
        checkStrategy(request);
        Optional<Service> there =
                names.find(cluster, name).filter(one -> !one.status().equals("INACTIVE"));
        if (there.isPresent()) {
            return again(there.get(), request, definition);
        }
        return create(cluster, name, request, definition);
    }

    static void checkNetwork(ObjectNode definition, ObjectNode settings) {
        boolean awsvpc = definition.path("networkMode").asText("").equals("awsvpc");
        var network = settings.path("networkConfiguration").path("awsvpcConfiguration");
        if (awsvpc && network.isMissingNode()) {
            throw Names.invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        if (awsvpc && network.path("subnets").isEmpty()) {
            throw Names.invalid("subnets can not be empty.");
        }
        if (network.path("subnets").size() > 16) {
            throw Names.invalid("subnets can have at most 16 items.");
        }
        if (settings.has("launchType") && settings.has("capacityProviderStrategy")) {
            throw Names.invalid("Specify either Launch Type or Capacity Provider Strategy, but not both.");
        }
    }

    /** The new tasks need a target group of their own. */
    static void checkStrategy(ObjectNode settings) {
        boolean shifts = ShiftRules.apply(settings.path("deploymentConfiguration"));
        for (var balancer : settings.path("loadBalancers")) {
            if (shifts && balancer.path("advancedConfiguration").isMissingNode()) {
                throw Names.invalid("advancedConfiguration field is required for all loadBalancers when using a"
                        + " non-ROLLING deployment strategy");
            }
        }
    }

    private ObjectNode again(Service service, ObjectNode request, ObjectNode definition) {
        if (service.status().equals("DRAINING")) {
            throw Names.invalid("Unable to Start a service that is still Draining.");
        }
        boolean same = service.settings().equals(settings(request))
                && service.desired() == request.path("desiredCount").asInt(0)
                && service.primary()
                        .taskDefinition()
                        .equals(definition.path("taskDefinitionArn").asText());
        if (!same) {
            throw Names.invalid("Creation of service was not idempotent.");
        }
        return answer(service);
    }

    private ObjectNode create(Cluster cluster, String name, ObjectNode request, ObjectNode definition) {
        String arn = Names.serviceArn(cluster, name);
        Service fresh = Service.fresh(
                arn, name, cluster.arn(), request.path("desiredCount").asInt(0), settings(request), time.millis());
        store.tags(arn).clear();
        store.tags(arn).putAll(Json.tags(request.path("tags")));
        Service deployed = deploy.run(fresh, definition);
        store.put(deployed);
        return answer(deployed);
    }

    private static ObjectNode settings(ObjectNode request) {
        ObjectNode settings = request.deepCopy();
        settings.remove(NOT_SETTINGS);
        return settings;
    }

    private ObjectNode answer(Service service) {
        ObjectNode answer = Json.object();
        answer.set("service", render.service(service, true));
        return answer;
    }
}
