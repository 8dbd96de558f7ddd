package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/** Which target groups a service's tasks are in. Under the store's lock. */
final class TargetGroups {
    private final Store store;

    TargetGroups(Store store) {
        this.store = store;
    }

    /** The group of a service's tasks, and the port of their containers that it leads to. */
    record Membership(TargetGroup group, int port) {}

    Optional<Membership> of(String serviceArn) {
        Service service = store.owner(serviceArn);
        return service == null ? Optional.empty() : of(service);
    }

    Optional<Membership> of(Service service) {
        JsonNode balancer = balancer(service);
        return balancer.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Membership(
                        find(balancer.path("targetGroupArn").asText()),
                        balancer.path("containerPort").asInt()));
    }

    TargetGroup find(String arn) {
        TargetGroup known = store.targetGroups().get(arn);
        return known == null ? TargetGroup.unknown(arn) : known;
    }

    /** The ARN that a service's events name; empty without a target group. */
    static String arn(Service service) {
        return balancer(service).path("targetGroupArn").asText("");
    }

    private static JsonNode balancer(Service service) {
        for (JsonNode balancer : service.settings().path("loadBalancers")) {
            if (!balancer.path("targetGroupArn").asText("").isEmpty()) {
                return balancer;
            }
        }
        return MissingNode.getInstance();
    }
}
