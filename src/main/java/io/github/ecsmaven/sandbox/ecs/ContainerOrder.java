package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** In which order a task's containers start: the one that owns the network first, the rest as they are written. Pure. */
final class ContainerOrder {
    private ContainerOrder() {}

    static List<JsonNode> of(JsonNode taskDefinition) {
        List<JsonNode> all = new ArrayList<>();
        taskDefinition.path("containerDefinitions").forEach(all::add);
        all.stream()
                .filter(container -> container.path("essential").asBoolean(true))
                .findFirst()
                .ifPresent(first -> {
                    all.remove(first);
                    all.add(0, first);
                });
        return all;
    }

    /** The port that the balancer leads to: the first one that a container maps; 0: none. */
    static int firstPort(JsonNode taskDefinition) {
        for (JsonNode container : taskDefinition.path("containerDefinitions")) {
            for (JsonNode mapping : container.path("portMappings")) {
                if (mapping.path("protocol").asText("tcp").equals("tcp")) {
                    return mapping.path("containerPort").asInt();
                }
            }
        }
        return 0;
    }
}
