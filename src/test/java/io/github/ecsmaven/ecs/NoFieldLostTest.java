package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.IMAGE;
import static io.github.ecsmaven.ecs.Orders.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Task definitions made at random by the SDK's own list of fields: what is registered is what was there, but for the image. */
class NoFieldLostTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EACH = 20;

    @ParameterizedTest(name = "from file: {0}")
    @ValueSource(booleans = {false, true})
    void registersWhatIsThereButForTheImage(boolean fromFile) throws Exception {
        for (int seed = 0; seed < EACH; seed++) {
            ObjectNode definition = definition(seed, seed == 0);
            try (Orders orders = new Orders()) {
                orders.ecs.on(
                        "DescribeTaskDefinition", asked -> described(fromFile ? definition(99, true) : definition));
                orders.then(second -> Orders.deployments(Orders.fresh("PRIMARY", "IN_PROGRESS", 0)));
                ProjectFile file = new ProjectFile("task.json", definition.toPrettyString(), Map.of());
                RolloutRequest request = with(Mode.revision, false, true, false);
                orders.run(fromFile ? Orders.with(request, from(file)) : request);

                JsonNode registered = orders.ecs.calls("RegisterTaskDefinition").get(0);
                assertThat(registered).as("seed " + seed).isEqualTo(expected(definition));
            }
        }
    }

    private static Wanted from(ProjectFile file) {
        return new Wanted(Optional.of(file), TaskChanges.NONE, Optional.empty(), Wanted.CodeDeploy.USUAL);
    }

    private static ObjectNode definition(int seed, boolean all) {
        Map<String, Object> json = new RandomModels(seed).json(TaskDefinition.builder(), all);
        json.put("family", "orders");
        json.put("taskDefinitionArn", FAMILY + 17);
        ObjectNode definition = JSON.valueToTree(json);
        ObjectNode container = definition.path("containerDefinitions").path(0) instanceof ObjectNode first
                ? first
                : JSON.createObjectNode();
        container.put("name", "app");
        definition.putArray("containerDefinitions").add(container);
        return definition;
    }

    private static String described(ObjectNode definition) {
        return "{\"taskDefinition\":" + definition + ",\"tags\":[]}";
    }

    private static ObjectNode expected(ObjectNode definition) {
        Set<String> taken = new HashSet<>(RegisterTaskDefinitionRequest.builder().sdkFields().stream()
                .map(SdkField::locationName)
                .toList());
        ObjectNode expected = definition.deepCopy().retain(taken);
        ((ObjectNode) expected.at("/containerDefinitions/0")).put("image", IMAGE);
        return expected;
    }
}
