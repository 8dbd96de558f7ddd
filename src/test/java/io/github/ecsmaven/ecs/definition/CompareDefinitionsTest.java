package io.github.ecsmaven.ecs.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.definition.TaskChanges.ContainerChanges;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

class CompareDefinitionsTest {
    private static final String WRITTEN =
            "family: f, networkMode: awsvpc, cpu: 256, memory: 512, tags: [{key: a, value: b}],"
                    + " containerDefinitions: [{name: app, image: x, portMappings: [{containerPort: 80}],"
                    + " environment: [{name: B, value: '1'}, {name: A, value: '2'}], healthCheck: {command: [CMD, x]}},"
                    + " {name: proxy, image: envoy}]";

    /** As ECS shows what was registered as above. */
    private static final String SHOWN =
            "family: f, networkMode: awsvpc, cpu: '256', memory: '512', tags: [{key: a, value: b}],"
                    + " volumes: [], placementConstraints: [], containerDefinitions: [{name: app, image: x, cpu: 0, essential: true,"
                    + " portMappings: [{containerPort: 80, hostPort: 80, protocol: tcp}], mountPoints: [], volumesFrom: [],"
                    + " environment: [{name: A, value: '2'}, {name: B, value: '1'}], systemControls: [],"
                    + " healthCheck: {command: [CMD, x], interval: 30, timeout: 5, retries: 3}},"
                    + " {name: proxy, image: envoy, cpu: 0, essential: true, portMappings: [], environment: []}]";

    @Test
    void changesWhenOnlyDefaultsWereAddedAreNone() {
        assertThat(CompareDefinitions.changes(read(SHOWN), read(WRITTEN), "app"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name: app, image: x | name: app, image: y | image",
                "value: '2' | value: '3' | environment A",
                "name: B, value: '1' | name: C, value: '1' | environment B C",
                "image: envoy | image: envoy2 | proxy: image",
                "name: proxy | name: side | no container proxy any more, new container side",
                "cpu: 256 | cpu: .5 vCPU | task cpu 256 -> 512",
                "memory: 512 | memory: 0.5 GB | ''",
                "memory: 512, | '' | task memory 512 -> none",
                "value: b | value: c | tags a",
                "containerPort: 80 | containerPort: 81 | portMappings",
                "networkMode: awsvpc | networkMode: host | networkMode",
            })
    void changes(String from, String to, String expected) {
        assertThat(String.join(", ", CompareDefinitions.changes(read(WRITTEN), read(WRITTEN.replace(from, to)), "app")))
                .isEqualTo(expected);
    }

    @Test
    void applyWhenThereAreChangesMakesThemAndNoOthers() {
        TaskChanges changes = new TaskChanges(
                Optional.of("512"),
                Optional.of("1024"),
                Map.of("team", "shop"),
                Map.of(
                        TaskChanges.CHOSEN,
                        new ContainerChanges(Map.of("A", "9"), Map.of("B", "arn:b")),
                        "proxy",
                        new ContainerChanges(Map.of("MODE", "z"), Map.of())));
        RegisterTaskDefinitionRequest before = read(WRITTEN);
        RegisterTaskDefinitionRequest after = ApplyChanges.apply(before, "app", "new", changes);

        assertThat(CompareDefinitions.changes(before, after, "app"))
                .containsExactly(
                        "image",
                        "environment A B",
                        "secrets B",
                        "proxy: environment MODE",
                        "task cpu 256 -> 512",
                        "task memory 512 -> 1024",
                        "tags team");
        assertThat(after.containerDefinitions().get(0).environment())
                .singleElement()
                .satisfies(pair -> {
                    assertThat(pair.name()).isEqualTo("A");
                    assertThat(pair.value()).isEqualTo("9");
                });
        assertThat(after.tags()).hasSize(2);
    }

    private static RegisterTaskDefinitionRequest read(String yaml) {
        return ReadDefinition.taskDefinition(new ProjectFile("task.yaml", "{" + yaml + "}", Map.of()));
    }
}
