package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A container definition as the engine's {@code POST /containers/create} wants it. Pure.
 *
 * <p>The containers of a task share one network, as with {@code awsvpc}: the first essential one owns it, joins the
 * engine's bridge and publishes the ports of all on free ports of 127.0.0.1; the others join its network namespace.
 *
 * <p>Nothing that opens this machine to a container is passed on: no privileges, capabilities, devices, host folders or
 * host namespaces. Whoever may talk to the sandbox could else become root by it.
 */
final class ContainerBody {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long NANOS = 1_000_000_000L;

    private ContainerBody() {}

    /**
     * @param owner the engine's id of the container that owns the task's network; empty: this one
     * @param overrides of RunTask for this container; missing: none
     */
    static ObjectNode of(
            JsonNode taskDefinition,
            JsonNode container,
            JsonNode overrides,
            String image,
            String owner,
            Map<String, String> labels) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("Image", image);
        environment(container, overrides, body.putArray("Env"));
        JsonNode command = overrides.has("command") ? overrides.path("command") : container.path("command");
        copyList(command, body, "Cmd");
        copyList(container.path("entryPoint"), body, "Entrypoint");
        copyText(container.path("user"), body, "User");
        copyText(container.path("workingDirectory"), body, "WorkingDir");
        ObjectNode labelled = body.putObject("Labels");
        container.path("dockerLabels").properties().forEach(one -> labelled.set(one.getKey(), one.getValue()));
        labels.forEach(labelled::put);
        healthCheck(container.path("healthCheck"), body.putObject("Healthcheck"));
        body.put("StopTimeout", stopTimeout(container));
        ObjectNode host = body.putObject("HostConfig");
        limits(taskDefinition, container, host);
        host.put(
                "Init",
                container.path("linuxParameters").path("initProcessEnabled").asBoolean());
        host.put("ReadonlyRootfs", container.path("readonlyRootFilesystem").asBoolean());
        logs(host.putObject("LogConfig"));
        if (owner.isEmpty()) {
            copyText(container.path("hostname"), body, "Hostname");
            publish(taskDefinition, body.putObject("ExposedPorts"), host.putObject("PortBindings"));
        } else {
            host.put("NetworkMode", "container:" + owner);
        }
        return body;
    }

    /** Seconds between the stop signal and the kill. */
    static int stopTimeout(JsonNode container) {
        return container.path("stopTimeout").asInt(30);
    }

    private static void environment(JsonNode container, JsonNode overrides, ArrayNode env) {
        Map<String, String> variables = new java.util.LinkedHashMap<>();
        for (JsonNode source : java.util.List.of(container, overrides)) {
            source.path("environment")
                    .forEach(one -> variables.put(
                            one.path("name").asText(), one.path("value").asText()));
        }
        variables.forEach((name, value) -> env.add(name + "=" + value));
    }

    private static void copyList(JsonNode from, ObjectNode to, String name) {
        if (from.isArray() && !from.isEmpty()) {
            to.set(name, from);
        }
    }

    private static void copyText(JsonNode from, ObjectNode to, String name) {
        if (!from.asText("").isEmpty()) {
            to.put(name, from.asText());
        }
    }

    /** Only the task definition's check counts; the image's own is switched off, as in ECS. */
    private static void healthCheck(JsonNode check, ObjectNode to) {
        if (check.isMissingNode()) {
            to.putArray("Test").add("NONE");
            return;
        }
        to.set("Test", check.path("command"));
        to.put("Interval", check.path("interval").asLong(30) * NANOS);
        to.put("Timeout", check.path("timeout").asLong(5) * NANOS);
        to.put("Retries", check.path("retries").asInt(3));
        to.put("StartPeriod", check.path("startPeriod").asLong(0) * NANOS);
    }

    /**
     * Memory is a hard limit, as in ECS. The CPU share is only a weight: on a machine that is otherwise idle, a task with
     * a quarter of a CPU would just start four times slower.
     */
    private static void limits(JsonNode taskDefinition, JsonNode container, ObjectNode host) {
        long memory = container.path("memory").asLong(0);
        if (memory == 0 && taskDefinition.path("containerDefinitions").size() == 1) {
            memory = taskDefinition.path("memory").asLong(0);
        }
        if (memory > 0) {
            host.put("Memory", memory * MEBIBYTE);
            host.put("MemorySwap", memory * MEBIBYTE);
        }
        long reserved = container.path("memoryReservation").asLong(0);
        if (reserved > 0 && (memory == 0 || reserved <= memory)) {
            host.put("MemoryReservation", reserved * MEBIBYTE);
        }
        long cpu = container.path("cpu").asLong(0);
        if (cpu > 1) {
            host.put("CpuShares", cpu);
        }
    }

    private static void logs(ObjectNode to) {
        to.put("Type", "json-file");
        to.putObject("Config").put("max-size", "10m").put("max-file", "2");
    }

    private static void publish(JsonNode taskDefinition, ObjectNode exposed, ObjectNode bindings) {
        for (JsonNode container : taskDefinition.path("containerDefinitions")) {
            for (JsonNode mapping : container.path("portMappings")) {
                String protocol = mapping.path("protocol").asText("tcp");
                String port = mapping.path("containerPort").asInt() + "/" + protocol;
                exposed.putObject(port);
                bindings.putArray(port).addObject().put("HostIp", "127.0.0.1").put("HostPort", "");
            }
        }
    }
}
