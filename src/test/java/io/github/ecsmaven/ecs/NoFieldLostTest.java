package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.IMAGE;
import static io.github.ecsmaven.ecs.Orders.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
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
                ObjectNode serving = fromFile ? definition(99, true) : definition;
                orders.ecs.on("DescribeTaskDefinition", asked -> described(serving));
                orders.then(second -> Orders.deployments(Orders.fresh("PRIMARY", "IN_PROGRESS", 0)));
                ProjectFile file = new ProjectFile("task.json", definition.toPrettyString(), Map.of());
                orders.run(request(fromFile ? from(file) : Wanted.NOTHING));

                JsonNode registered = orders.ecs.calls("RegisterTaskDefinition").get(0);
                assertThat(registered).as("seed " + seed).isEqualTo(expected(definition));
            }
        }
    }

    private static Wanted from(ProjectFile file) {
        return new Wanted(Optional.of(file), TaskChanges.NONE, Optional.empty(), Wanted.CodeDeploy.USUAL);
    }

    private static RolloutRequest request(Wanted wanted) {
        RolloutRequest usual = Orders.with(with(Mode.revision, false, true, false), wanted);
        return new RolloutRequest(
                usual.cluster(),
                usual.service(),
                usual.image(),
                usual.digest(),
                usual.platforms(),
                Optional.of("app"),
                usual.mode(),
                usual.await(),
                usual.waitFor(),
                usual.timeout(),
                usual.rollback(),
                usual.dryRun(),
                usual.whenMissing(),
                usual.wanted());
    }

    /** With a sidecar before or behind the container that is deployed, and tags, as a file would have them. */
    private static ObjectNode definition(int seed, boolean all) {
        RandomModels models = new RandomModels(seed);
        Map<String, Object> json = models.json(TaskDefinition.builder(), all);
        json.put("family", "orders");
        json.put("taskDefinitionArn", FAMILY + 17);
        ObjectNode definition = JSON.valueToTree(json);
        ArrayNode containers = definition.putArray("containerDefinitions");
        for (String name : seed % 2 == 0 ? List.of("app", "router") : List.of("router", "app")) {
            ObjectNode container = JSON.valueToTree(models.json(ContainerDefinition.builder(), all));
            containers.add(container.put("name", name).put("image", "registry.test/" + name + ":" + seed));
        }
        definition
                .putArray("tags")
                .add(JSON.valueToTree(models.json(Tag.builder(), true)))
                .addObject()
                .put("key", "seed")
                .put("value", "" + seed);
        return definition;
    }

    private static String described(ObjectNode definition) {
        ObjectNode task = definition.deepCopy();
        return "{\"tags\":" + task.remove("tags") + ",\"taskDefinition\":" + task + "}";
    }

    private static ObjectNode expected(ObjectNode definition) {
        Set<String> taken = new HashSet<>(RegisterTaskDefinitionRequest.builder().sdkFields().stream()
                .map(SdkField::locationName)
                .toList());
        ObjectNode expected = definition.deepCopy().retain(taken);
        for (JsonNode container : expected.path("containerDefinitions")) {
            if (container.path("name").asText().equals("app")) {
                ((ObjectNode) container).put("image", IMAGE);
            }
        }
        return expected;
    }
}
