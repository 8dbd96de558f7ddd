package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a request names, by name or by ARN, and refuses as ECS does. */
final class Names {
    private final Store store;

    Names(Store store) {
        this.store = store;
    }

    /** The ARN of the request's cluster, there or not; without one it's {@code default}. */
    static String clusterArn(JsonNode request, Caller caller) {
        return clusterArn(request.path("cluster").asText("default"), caller);
    }

    static String clusterArn(String given, Caller caller) {
        return given.startsWith("arn:") ? given : caller.arn("ecs", "cluster/" + given);
    }

    /** @throws AwsError ClusterNotFoundException */
    Cluster cluster(JsonNode request, Caller caller) {
        Cluster cluster = store.clusters().get(clusterArn(request, caller));
        if (cluster == null || !cluster.active()) {
            throw new AwsError("ClusterNotFoundException", 400, "Cluster not found.");
        }
        return cluster;
    }

    /** The service of this name or ARN in the cluster. */
    Optional<Service> find(Cluster cluster, String given) {
        String name = given.substring(given.lastIndexOf('/') + 1);
        return Optional.ofNullable(store.services().get(serviceArn(cluster, name)));
    }

    static String serviceArn(Cluster cluster, String name) {
        return within(cluster, "service", name);
    }

    /** The ARN of something in the cluster, there or not. */
    static String arn(Cluster cluster, String kind, String given) {
        return given.startsWith("arn:") ? given : within(cluster, kind, given);
    }

    /** {@code arn:…:<kind>/<cluster>/<id>} */
    static String within(Cluster cluster, String kind, String id) {
        return cluster.arn().replace(":cluster/", ":" + kind + "/") + "/" + id;
    }

    /** @throws AwsError ServiceNotFoundException */
    Service service(Cluster cluster, JsonNode request) {
        return find(cluster, request.path("service").asText(""))
                .filter(service -> !service.status().equals("INACTIVE"))
                .orElseThrow(() -> new AwsError("ServiceNotFoundException", 400, "Service not found."));
    }

    /** The task of this id or ARN in the cluster. */
    Optional<Task> task(Cluster cluster, String given) {
        String id = given.substring(given.lastIndexOf('/') + 1);
        return Optional.ofNullable(store.tasks().get(within(cluster, "task", id)));
    }

    /** The task definition of this ARN, {@code family:revision}, or the newest active one of the family. */
    Optional<ObjectNode> taskDefinition(String given, Caller caller) {
        String name = given.substring(given.lastIndexOf('/') + 1);
        if (name.contains(":")) {
            String arn = given.startsWith("arn:") ? given : caller.arn("ecs", "task-definition/" + name);
            return Optional.ofNullable(store.taskDefinitions().get(arn));
        }
        return store.taskDefinitions().values().stream()
                .filter(one -> one.path("family").asText().equals(name))
                .filter(one -> one.path("status").asText().equals("ACTIVE"))
                .filter(one -> one.path("taskDefinitionArn").asText().startsWith(caller.arn("ecs", "")))
                .max(Comparator.comparingInt(one -> one.path("revision").asInt()));
    }

    /** @throws AwsError when there is none, or it was deregistered */
    ObjectNode usableTaskDefinition(String given, Caller caller) {
        ObjectNode found = taskDefinition(given, caller)
                .orElseThrow(() -> new AwsError("ClientException", 400, "TaskDefinition not found."));
        if (!found.path("status").asText().equals("ACTIVE")) {
            throw new AwsError("ClientException", 400, "TaskDefinition is inactive");
        }
        return found;
    }

    static AwsError invalid(String text) {
        return new AwsError("InvalidParameterException", 400, text);
    }
}
