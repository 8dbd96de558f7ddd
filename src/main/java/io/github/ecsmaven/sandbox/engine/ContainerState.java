package io.github.ecsmaven.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the engine says of one container.
 *
 * @param running true between its start and its end
 * @param exitCode of its last end
 * @param outOfMemory true when the kernel killed it for its memory limit
 * @param error why the engine could not start it; empty when it could
 * @param ip its address in the bridge network; empty when it has none of its own
 * @param published host port by container port
 * @param health {@code starting}, {@code healthy}, {@code unhealthy}, or empty without a health check
 */
public record ContainerState(
        boolean running,
        int exitCode,
        boolean outOfMemory,
        String error,
        String ip,
        Map<Integer, Integer> published,
        String health) {
    public ContainerState {
        published = Map.copyOf(published);
    }

    static ContainerState of(JsonNode inspected) {
        JsonNode state = inspected.path("State");
        JsonNode network = inspected.path("NetworkSettings");
        return new ContainerState(
                state.path("Running").asBoolean(),
                state.path("ExitCode").asInt(),
                state.path("OOMKilled").asBoolean(),
                state.path("Error").asText(""),
                ip(network),
                published(network.path("Ports")),
                state.path("Health").path("Status").asText(""));
    }

    private static String ip(JsonNode network) {
        String old = network.path("IPAddress").asText("");
        if (!old.isEmpty()) {
            return old;
        }
        for (JsonNode joined : network.path("Networks")) {
            String address = joined.path("IPAddress").asText("");
            if (!address.isEmpty()) {
                return address;
            }
        }
        return "";
    }

    private static Map<Integer, Integer> published(JsonNode ports) {
        Map<Integer, Integer> found = new TreeMap<>();
        ports.properties().forEach(port -> {
            if (port.getKey().endsWith("/tcp") && port.getValue().has(0)) {
                int inside = Integer.parseInt(port.getKey().replace("/tcp", ""));
                found.put(inside, port.getValue().get(0).path("HostPort").asInt());
            }
        });
        return found;
    }
}
