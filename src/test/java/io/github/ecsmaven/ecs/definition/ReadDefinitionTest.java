package io.github.ecsmaven.ecs.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

class ReadDefinitionTest {
    private static final Map<String, String> PROPERTIES =
            Map.of("project.version", "1.4.0", "port", "8080", "env.QUOTED", "a \"b\"\\\n", "db.url", "jdbc:x");

    @Test
    void taskDefinitionWhenItIsYamlIsTheSameAsJson() {
        String json = """
                {"family": "orders", "cpu": "256", "networkMode": "awsvpc", "containerDefinitions": [
                  {"name": "app", "essential": true, "portMappings": [{"containerPort": 8080}],
                   "environment": [{"name": "A", "value": "1"}], "dockerLabels": {"v": "1.4.0"}, "cpu": null}]}
                """;
        String yaml = """
                # as in the console
                family: orders
                cpu: 256
                networkMode: awsvpc
                containerDefinitions:
                  - name: app
                    essential: true
                    portMappings: [{containerPort: "${port}"}]
                    environment:
                      - name: A
                        value: 1
                    dockerLabels: {v: "${project.version}"}
                """;
        assertThat(read("task.json", json)).isEqualTo(read("task.yaml", yaml));
    }

    @Test
    void taskDefinitionWhenItIsADescriptionLeavesWhatAwsOnlyShows() {
        RegisterTaskDefinitionRequest read = read("task.json", """
                {"taskDefinition": {"taskDefinitionArn": "arn", "revision": 7, "status": "ACTIVE", "compatibilities": ["EC2"],
                  "registeredAt": "2026-01-01T00:00:00+01:00", "requiresAttributes": [{"name": "x"}],
                  "family": "orders", "containerDefinitions": [{"name": "app"}]},
                 "tags": [{"key": "team", "value": "shop"}]}
                """);
        assertThat(read)
                .isEqualTo(RegisterTaskDefinitionRequest.builder()
                        .family("orders")
                        .containerDefinitions(
                                ContainerDefinition.builder().name("app").build())
                        .tags(Tag.builder().key("team").value("shop").build())
                        .build());
    }

    @Test
    void taskDefinitionWhenItHasPlaceholdersFillsThem() {
        RegisterTaskDefinitionRequest read = read("task.json", """
                {"family": "orders-${project.version}", "containerDefinitions": [
                  {"name": "app", "command": ["${env.QUOTED}", "$${HOME}", "$HOME"], "memory": "${port}"}]}
                """);
        assertThat(read.family()).isEqualTo("orders-1.4.0");
        assertThat(read.containerDefinitions().get(0).command()).containsExactly("a \"b\"\\\n", "${HOME}", "$HOME");
        assertThat(read.containerDefinitions().get(0).memory()).isEqualTo(8080);
    }

    @Test
    void serviceWhenItIsADescriptionLeavesWhatAwsOnlyShows() {
        CreateServiceRequest read = ReadDefinition.service(new ProjectFile("service.json", """
                {"services": [{"serviceArn": "arn", "status": "ACTIVE", "runningCount": 2, "events": [], "deployments": [{}],
                  "serviceName": "orders", "desiredCount": 2, "launchType": "FARGATE"}], "failures": []}
                """, Map.of()));
        assertThat(read)
                .isEqualTo(CreateServiceRequest.builder()
                        .serviceName("orders")
                        .desiredCount(2)
                        .launchType("FARGATE")
                        .build());
    }

    static Stream<Arguments> wrong() {
        String start = "{\"family\": \"orders\",\n \"containerDefinitions\": [{\"name\": \"app\",\n  ";
        return Stream.of(
                row("task.json", "", "task.json is empty.", "line 1, column 1", "fill"),
                row(
                        "task.json",
                        "{\"family\": \"a\",\n}",
                        "task.json is not valid JSON: ",
                        "line 2, column 1",
                        "correct"),
                row(
                        "task.json",
                        "{\"family\": \"a\"} {",
                        "task.json is not valid JSON: there is more",
                        "line 1, column 17",
                        ""),
                row(
                        "task.json",
                        start + "\"memory\": ${port}}]}",
                        "task.json is not valid JSON: ",
                        "line 3, column 14",
                        "quotes"),
                row(
                        "task.json",
                        "{\"family\": \"a\",\n \"family\": \"b\"}",
                        "task.json is not valid JSON: Duplicate",
                        "line 2, column",
                        ""),
                row("task.json", "[]", "task.json holds no fields.", "line 1, column 1", ""),
                row("task.json", "{}", "task.json has no family.", "line 1, column 1", ""),
                row("task.json", "{\"family\": \"a\"}", "task.json has no containerDefinitions.", "line 1", ""),
                row(
                        "task.json",
                        start + "\"enviroment\": []}]}",
                        "task.json has an unknown field 'enviroment' in containerDefinitions[0].",
                        "line 3, column 3",
                        "write 'environment', or remove it."),
                row(
                        "task.json",
                        "{\n \"Family\": \"a\"}",
                        "task.json has an unknown field 'Family'.",
                        "line 2, column 2",
                        "write 'family'"),
                row(
                        "task.json",
                        start + "\"memory\": \"much\"}]}",
                        "task.json: 'containerDefinitions[0].memory' has to be a number.",
                        "line 3, column 13",
                        ""),
                row(
                        "task.json",
                        start + "\"essential\": \"yes\"}]}",
                        "task.json: 'containerDefinitions[0].essential' has to be true or false.",
                        "line 3",
                        ""),
                row(
                        "task.json",
                        start + "\"environment\": {}}]}",
                        "task.json: 'containerDefinitions[0].environment' has to be a list.",
                        "line 3",
                        ""),
                row(
                        "task.json",
                        start + "\"image\": \"${prot}\"}]}",
                        "task.json names properties that do not exist.",
                        "line 3, column 12: ${prot}",
                        "'port' is near"),
                row("task.yaml", "family: a\n\tcpu: 1", "task.yaml is not valid YAML: ", "line 2, column 1", ""),
                row("task.yaml", "family: [a", "task.yaml is not valid YAML: ", "line 1, column", ""),
                row(
                        "task.yaml",
                        "family: a\nfamily: b",
                        "task.yaml is not valid YAML: the field 'family' is there twice.",
                        "line 2, column 1",
                        ""),
                row("task.yaml", "a: &a [*a]", "task.yaml is not valid YAML: its aliases", "line 1", ""),
                row(
                        "task.yml",
                        "family: a\ncontainerDefinitions:\n- name: app\n  imge: x",
                        "task.yml has an unknown field 'imge'",
                        "line 4, column 3",
                        "'image'"));
    }

    private static Arguments row(String name, String text, String what, String place, String next) {
        return Arguments.of(name, text, what, place, next);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("wrong")
    void taskDefinitionWhenItIsWrongSaysWhere(String name, String text, String what, String place, String next) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(name, text));
        assertThat(problem.what()).startsWith(what);
        assertThat(problem.evidence()).singleElement().asString().contains(name + ", " + place);
        assertThat(problem.next()).contains(next);
    }

    private static RegisterTaskDefinitionRequest read(String name, String text) {
        return ReadDefinition.taskDefinition(new ProjectFile(name, text, PROPERTIES));
    }
}
