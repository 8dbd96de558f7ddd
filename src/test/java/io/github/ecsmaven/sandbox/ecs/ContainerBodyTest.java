package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerBodyTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void ofWhenContainerOwnsNetworkPublishesAllPortsOnLoopback() throws IOException {
        JsonNode definition = json.readTree("""
                {"containerDefinitions": [
                  {"name": "web", "command": ["a", "b"], "entryPoint": ["e"], "user": "1000", "workingDirectory": "/w",
                   "memory": 64, "cpu": 256, "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
                   "portMappings": [{"containerPort": 8080}]},
                  {"name": "side", "portMappings": [{"containerPort": 9, "protocol": "udp"}]}]}""");
        JsonNode overrides = json.readTree("{\"environment\": [{\"name\": \"A\", \"value\": \"3\"}]}");
        ObjectNode body = of(definition, 0, overrides, "");

        assertThat(body.path("Env")).hasToString("[\"A=3\",\"B=2\"]");
        assertThat(body.path("Cmd")).hasToString("[\"a\",\"b\"]");
        assertThat(body.path("Entrypoint")).hasToString("[\"e\"]");
        assertThat(body.path("User").asText()).isEqualTo("1000");
        assertThat(body.path("Healthcheck")).hasToString("{\"Test\":[\"NONE\"]}");
        assertThat(body.path("HostConfig").path("Memory").asLong()).isEqualTo(64L << 20);
        assertThat(body.path("HostConfig").path("PortBindings"))
                .hasToString("{\"8080/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"\"}],"
                        + "\"9/udp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"\"}]}");
    }

    @Test
    void ofWhenNetworkHasOwnerJoinsIt() throws IOException {
        JsonNode definition = json.readTree(
                "{\"containerDefinitions\": [{\"name\": \"a\"}, {\"name\": \"b\", \"portMappings\": [{\"containerPort\": 1}]}]}");
        ObjectNode body = of(definition, 1, json.createObjectNode(), "abc");

        assertThat(body.path("HostConfig").path("NetworkMode").asText()).isEqualTo("container:abc");
        assertThat(body.has("ExposedPorts")).isFalse();
    }

    private static ObjectNode of(JsonNode definition, int container, JsonNode overrides, String owner) {
        JsonNode one = definition.path("containerDefinitions").path(container);
        return ContainerBody.of(definition, one, overrides, "image", owner, Map.of("l", "v"));
    }
}
