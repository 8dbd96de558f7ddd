package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A task as DescribeTasks shows it. */
final class TaskJson {
    private final Task task;
    private final ObjectNode definition;

    TaskJson(Task task, @Nullable ObjectNode definition) {
        this.task = task;
        this.definition = definition == null ? Json.object() : definition;
    }

    ObjectNode render() {
        ObjectNode to = Json.object();
        to.putArray("attachments");
        to.put("availabilityZone", zone());
        to.put("clusterArn", task.clusterArn).put("connectivity", "CONNECTED");
        Json.time(to, "connectivityAt", task.createdAt);
        ArrayNode containers = to.putArray("containers");
        task.containers.forEach(container -> containers.add(container(container)));
        Json.copy(definition, to, "cpu", "memory");
        to.put("desiredStatus", task.desiredStatus).put("lastStatus", task.lastStatus);
        to.put("enableExecuteCommand", false).put("group", task.group);
        to.put("healthStatus", health());
        to.put("launchType", "EC2");
        Json.copy(task.settings, to, "launchType", "platformVersion", "overrides", "enableExecuteCommand");
        Json.text(to, "startedBy", task.startedBy);
        Json.text(to, "stopCode", task.stopCode);
        Json.text(to, "stoppedReason", task.stoppedReason);
        to.put("taskArn", task.arn).put("taskDefinitionArn", task.taskDefinition);
        to.put("version", 1);
        times(to);
        return to;
    }

    private void times(ObjectNode to) {
        Json.time(to, "createdAt", task.createdAt);
        Json.time(to, "pullStartedAt", task.pullStartedAt);
        Json.time(to, "pullStoppedAt", task.pullStoppedAt);
        Json.time(to, "startedAt", task.startedAt);
        Json.time(to, "stoppingAt", task.stoppingAt);
        Json.time(to, "executionStoppedAt", task.executionStoppedAt);
        Json.time(to, "stoppedAt", task.stoppedAt);
    }

    private String zone() {
        return task.arn.split(":")[3] + "a";
    }

    private String health() {
        if (task.containers.stream().anyMatch(container -> container.health.equals("UNHEALTHY"))) {
            return "UNHEALTHY";
        }
        boolean checked = task.containers.stream().anyMatch(container -> container.health.equals("HEALTHY"));
        return checked ? "HEALTHY" : "UNKNOWN";
    }

    private ObjectNode container(TaskContainer container) {
        ObjectNode to = Json.object();
        to.put("containerArn", container.arn).put("taskArn", task.arn);
        to.put("name", container.name).put("image", container.image);
        Json.text(to, "imageDigest", container.digest);
        Json.text(to, "runtimeId", container.runtimeId);
        to.put("lastStatus", container.lastStatus);
        if (container.exitCode != null) {
            to.put("exitCode", container.exitCode);
        }
        Json.text(to, "reason", container.reason);
        ArrayNode bindings = to.putArray("networkBindings");
        JsonNode own = definitionOf(container.name);
        container.ports.forEach((inside, outside) -> {
            if (maps(own, inside)) {
                bindings.addObject()
                        .put("bindIP", "127.0.0.1")
                        .put("containerPort", inside)
                        .put("hostPort", outside)
                        .put("protocol", "tcp");
            }
        });
        ArrayNode interfaces = to.putArray("networkInterfaces");
        if (definition.path("networkMode").asText("").equals("awsvpc") && !task.ip.isEmpty()) {
            interfaces.addObject().put("attachmentId", task.id).put("privateIpv4Address", task.ip);
        }
        to.put("healthStatus", container.health);
        to.put("cpu", own.path("cpu").asText("0"));
        for (String limit : java.util.List.of("memory", "memoryReservation")) {
            Json.text(to, limit, own.path(limit).asText(""));
        }
        return to;
    }

    private JsonNode definitionOf(String container) {
        for (JsonNode one : definition.path("containerDefinitions")) {
            if (one.path("name").asText().equals(container)) {
                return one;
            }
        }
        return Json.object();
    }

    private static boolean maps(JsonNode container, int port) {
        for (JsonNode mapping : container.path("portMappings")) {
            if (mapping.path("containerPort").asInt() == port) {
                return true;
            }
        }
        return false;
    }
}
