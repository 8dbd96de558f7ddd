package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagActionsTest {
    private static final Caller CALLER = new Caller("123456789012", "us-east-1");

    @TempDir
    Path home;

    private final Map<String, Handler> handlers = new TreeMap<>();

    @BeforeEach
    void define() {
        Store store = new Store(home);
        store.taskDefinitions().put("known", new ObjectMapper().createObjectNode());
        new TagActions(store).addTo(handlers);
    }

    @Test
    void tagThenUntagLeavesTheRest() throws IOException {
        ask(
                "TagResource",
                "{\"resourceArn\":\"known\",\"tags\":[{\"key\":\"a\",\"value\":\"1\"},{\"key\":\"b\",\"value\":\"2\"}]}");
        ask("UntagResource", "{\"resourceArn\":\"known\",\"tagKeys\":[\"a\"]}");
        assertThat(ask("ListTagsForResource", "{\"resourceArn\":\"known\"}"))
                .hasToString("{\"tags\":[{\"key\":\"b\",\"value\":\"2\"}]}");
    }

    @Test
    void listWhenNobodyKnowsTheResourceIsRefused() {
        assertThatThrownBy(() -> ask("ListTagsForResource", "{\"resourceArn\":\"other\"}"))
                .isInstanceOf(AwsError.class)
                .hasMessageContaining("The specified resource was not found: other");
    }

    private ObjectNode ask(String action, String request) throws IOException {
        return handlers.get(action).handle((ObjectNode) new ObjectMapper().readTree(request), CALLER);
    }
}
