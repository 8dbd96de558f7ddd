package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeeperChannelTest {
    @Test
    void cleanKeepsWhatLeadsToTheEngineOnly() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_SECRET_ACCESS_KEY", "s", "JAVA_TOOL_OPTIONS", "-X", "DOCKER_HOST", "d", "TESTCONTAINERS_X", "t"));
        KeeperChannel.clean(environment);
        assertThat(environment).containsOnlyKeys("DOCKER_HOST", "TESTCONTAINERS_X");
    }
}
