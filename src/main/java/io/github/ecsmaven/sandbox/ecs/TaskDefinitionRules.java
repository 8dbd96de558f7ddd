package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What RegisterTaskDefinition refuses, in ECS's words. Pure. */
final class TaskDefinitionRules {
    /** A reference as the engine takes it; no part of it begins with a dot. OCI distribution spec, "Pulling manifests". */
    private static final Pattern IMAGE =
            Pattern.compile("[a-zA-Z0-9][\\w.:-]*(/[a-zA-Z0-9][\\w.:-]*)*(@sha256:[0-9a-f]{64})?");

    private TaskDefinitionRules() {}

    static void check(ObjectNode request) {
        String family = request.path("family").asText("");
        if (!family.matches("[a-zA-Z0-9_-]{1,255}")) {
            throw refuse(
                    family.isEmpty()
                            ? "Family should not be null or empty."
                            : "Invalid family name. Family names may have up to 255 letters, numbers, hyphens and"
                                    + " underscores.");
        }
        if (request.path("containerDefinitions").isEmpty()) {
            throw refuse("Container list cannot be empty.");
        }
        boolean fargate = Json.texts(request.path("requiresCompatibilities")).contains("FARGATE");
        if (fargate) {
            checkFargate(request);
        }
        Set<String> names = new HashSet<>();
        for (JsonNode container : request.path("containerDefinitions")) {
            checkContainer(container, request, fargate);
            String name = container.path("name").asText();
            if (!names.add(name)) {
                throw refuse("Container names must be unique: " + name);
            }
        }
    }

    private static void checkFargate(ObjectNode request) {
        if (!request.path("networkMode").asText("").equals("awsvpc")) {
            throw refuse("Fargate only supports network mode ‘awsvpc’.");
        }
        if (amount(request, "cpu") == 0) {
            throw refuse("Fargate requires that 'cpu' be defined at the task level.");
        }
        if (amount(request, "memory") == 0) {
            throw refuse("Fargate requires that 'memory' be defined at the task level.");
        }
        if (!knownSize(amount(request, "cpu"), amount(request, "memory"))) {
            throw refuse("No Fargate configuration exists for given values.");
        }
    }

    /** CPU units and MiB that Fargate offers together. ECS Developer Guide, "Task size". */
    private static boolean knownSize(long cpu, long memory) {
        if (memory == 512) {
            return cpu == 256;
        }
        if (memory % 1024 != 0) {
            return false;
        }
        long gib = memory / 1024;
        if (cpu == 256) {
            return gib <= 2;
        }
        if (cpu == 512 || cpu == 1024 || cpu == 2048 || cpu == 4096) {
            return gib >= cpu / 512 && gib <= Math.min(30, cpu == 512 ? 4 : cpu / 128);
        }
        return (cpu == 8192 && gib >= 16 && gib <= 60) || (cpu == 16384 && gib >= 32 && gib <= 120);
    }

    private static void checkContainer(JsonNode container, ObjectNode request, boolean fargate) {
        for (String member : new String[] {"name", "image"}) {
            if (container.path(member).asText("").isEmpty()) {
                throw refuse("Container." + member + " should not be null or empty.");
            }
        }
        String name = container.path("name").asText();
        checkSafe(container, name);
        long whole = amount(request, "memory");
        if (whole == 0 && !container.has("memory") && !container.has("memoryReservation")) {
            throw refuse("Invalid setting for container '" + name
                    + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
        }
        if (whole > 0 && container.path("memory").asLong() > whole) {
            throw refuse("The 'memory' setting for container is greater than for the task");
        }
        if (fargate && container.path("stopTimeout").asInt() > 120) {
            throw refuse("Create TaskDefinition: Tasks using the Fargate launch type must have a container stop timeout"
                    + " of less than 120 seconds.");
        }
    }

    /** The name becomes a file's name and the image a part of the engine's path. */
    private static void checkSafe(JsonNode container, String name) {
        if (!name.matches("[a-zA-Z0-9_-]{1,255}")) {
            throw refuse("Container.name contains invalid characters.");
        }
        if (!IMAGE.matcher(container.path("image").asText()).matches()) {
            throw refuse("Container.image contains invalid characters.");
        }
        if (container.path("privileged").asBoolean()) {
            throw refuse("The sandbox does not run privileged containers: 'privileged' is set for container '" + name
                    + "'. It is not supported on Fargate either.");
        }
    }

    /** {@code 512}, {@code 0.5 GB} or {@code .25 vCPU} in MiB or CPU units; 0: none. */
    static long amount(JsonNode request, String member) {
        String text = request.path(member).asText("").strip().toLowerCase(java.util.Locale.ROOT);
        String number = text.replaceAll("[a-z\\s]", "");
        if (!number.matches("\\d*\\.?\\d+")) {
            return 0;
        }
        boolean large = text.endsWith("gb") || text.endsWith("vcpu");
        return Math.round(Double.parseDouble(number) * (large ? 1024 : 1));
    }

    private static AwsError refuse(String text) {
        return new AwsError("ClientException", 400, text);
    }
}
