package io.github.ecsmaven.sandbox.codedeploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The AppSpec of a deployment, JSON or YAML; names count in any capitals, as CodeDeploy takes them.
 *
 * @param taskDefinition ARN
 */
record ReadAppSpec(String taskDefinition, String container, int port) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ReadAppSpec of(String content) {
        JsonNode resources = get(parse(content), "Resources");
        if (resources.size() != 1 || resources.path(0).size() != 1) {
            throw invalid("The AppSpec file has to contain exactly one resource.");
        }
        JsonNode properties = get(resources.path(0).elements().next(), "Properties");
        JsonNode balancer = get(properties, "LoadBalancerInfo");
        String arn = get(properties, "TaskDefinition").asText();
        if (arn.isEmpty() || get(balancer, "ContainerName").asText().isEmpty()) {
            throw invalid(
                    "The AppSpec file contains an invalid resource: TaskDefinition and LoadBalancerInfo are required.");
        }
        return new ReadAppSpec(
                arn,
                get(balancer, "ContainerName").asText(),
                get(balancer, "ContainerPort").asInt());
    }

    private static JsonNode parse(String content) {
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(content);
            return JSON.valueToTree(loaded);
        } catch (YamlEngineException | IllegalArgumentException broken) {
            throw invalid("The AppSpec file is neither JSON nor YAML.");
        }
    }

    private static JsonNode get(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return object.path(name);
    }

    /** For the task set that gets it. */
    ObjectNode balancer(String targetGroupArn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("targetGroupArn", targetGroupArn)
                .put("containerName", container)
                .put("containerPort", port);
    }

    private static AwsError invalid(String text) {
        return new AwsError("InvalidRevisionException", 400, text);
    }
}
