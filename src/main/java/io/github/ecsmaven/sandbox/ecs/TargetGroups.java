package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
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
        Service service = store.services().get(serviceArn);
        return service == null ? Optional.empty() : of(service);
    }

    Optional<Membership> of(Service service) {
        for (JsonNode balancer : service.settings().path("loadBalancers")) {
            String arn = balancer.path("targetGroupArn").asText("");
            if (!arn.isEmpty()) {
                return Optional.of(
                        new Membership(find(arn), balancer.path("containerPort").asInt()));
            }
        }
        return Optional.empty();
    }

    TargetGroup find(String arn) {
        TargetGroup known = store.targetGroups().get(arn);
        return known == null ? TargetGroup.unknown(arn) : known;
    }

    /** The ARN that a service's events name. */
    static String arn(Service service) {
        for (JsonNode balancer : service.settings().path("loadBalancers")) {
            if (balancer.has("targetGroupArn")) {
                return balancer.path("targetGroupArn").asText();
            }
        }
        return "";
    }
}
