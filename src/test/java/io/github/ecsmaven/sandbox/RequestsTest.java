package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4747, true",
        "localhost, true",
        "LOCALHOST:80, true",
        "bucket.localhost:4747, true",
        "[::1]:4747, true",
        "evil.example, false",
        "127.0.0.1.evil.example, false",
        "localhost.evil.example:4747, false",
        ", false"
    })
    void isLoopbackWhenHostIs(String host, boolean loopback) {
        assertThat(Requests.isLoopback(host)).isEqualTo(loopback);
    }

    @ParameterizedTest
    @CsvSource({
        "'AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-west-1/ecs/aws4_request, SignedHeaders=host', eu-west-1",
        "'AWS4-HMAC-SHA256 Credential=AKIA/20261123/EVIL\"/ecs/aws4_request', us-east-1",
        "Basic QVdTOng=, us-east-1",
        ", us-east-1"
    })
    void callerWhenSignatureIs(String authorization, String region) {
        assertThat(Requests.caller(authorization, "123456789012", "us-east-1").region())
                .isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({"AWS_SECRET_ACCESS_KEY, false", "JAVA_TOOL_OPTIONS, false", "DOCKER_HOST, true", "PATH, true"})
    void cleanWhenVariableIs(String name, boolean stays) {
        Map<String, String> environment = new HashMap<>(Map.of(name, "x"));
        ServerProcess.clean(environment);
        assertThat(environment.keySet()).isEqualTo(stays ? Set.of(name) : Set.of());
    }
}
