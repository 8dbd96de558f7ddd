package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentEndpointTest {
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "A=b, C=d,",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566, A=b, http://127.0.0.1:4566",
        "AWS_ENDPOINT_URL=, A=b,",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566, AWS_ENDPOINT_URL_ECS=http://ecs.example,",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566, AWS_ENDPOINT_URL_ECS=, http://127.0.0.1:4566",
        "AWS_ENDPOINT_URL=http://127.0.0.1:4566, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true,",
    })
    void everywhereHoldsForAllServices(String first, String second, URI expected) {
        Map<String, String> environment = new TreeMap<>();
        environment.put(first.split("=", 2)[0], first.split("=", 2)[1]);
        environment.put(second.split("=", 2)[0], second.split("=", 2)[1]);
        assertThat(EnvironmentEndpoint.everywhere(environment)).isEqualTo(Optional.ofNullable(expected));
    }
}
