package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.IMAGE;
import static io.github.ecsmaven.ecs.Orders.deployment;
import static io.github.ecsmaven.ecs.Orders.deployments;
import static io.github.ecsmaven.ecs.Orders.fresh;
import static io.github.ecsmaven.ecs.Orders.request;
import static io.github.ecsmaven.ecs.Orders.restart;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.TaskChanges.ContainerChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.definition.Wanted.Creation;
import io.github.ecsmaven.ecs.definition.Wanted.Network;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts of what the project says of its service. */
class WantedDefinitionTest {
    private static final ProjectFile TASK = new ProjectFile(
            "src/main/ecs/task-definition.yaml",
            "family: orders\nnetworkMode: awsvpc\nmemory: 512\ncontainerDefinitions:\n- name: app\n  portMappings: [{containerPort: 80}]",
            Map.of());

    private Orders orders;

    @BeforeEach
    void start() throws IOException {
        orders = new Orders();
    }

    @AfterEach
    void stop() {
        orders.close();
    }

    @Test
    void runWhenThereIsAFileRegistersIt() throws RolloutFailed {
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));

        assertThat(orders.run(Orders.with(request(), from(Optional.empty()))).outcome())
                .isEqualTo(Outcome.COMPLETED);

        JsonNode registered = orders.ecs.calls("RegisterTaskDefinition").get(0);
        assertThat(registered.at("/containerDefinitions/0/image").asText()).isEqualTo(IMAGE);
        assertThat(registered.at("/containerDefinitions/0/memory").isMissingNode())
                .isTrue();
        assertThat(orders.told.planned)
                .containsExactly("Rollout of orders in uat: revision 17 -> 18"
                        + " (image, memory, portMappings, task memory none -> 512, networkMode, tags team)");
    }

    @Test
    void runWhenAPropertyChangesTheEnvironmentSaysSo() throws RolloutFailed {
        orders.running = IMAGE;
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.run(Orders.with(
                request(), new Wanted(Optional.empty(), environment(), Optional.empty(), Wanted.CodeDeploy.USUAL)));
        assertThat(orders.told.planned)
                .containsExactly("Rollout of orders in uat: revision 17 -> 18 (environment DB_URL)");
        assertThat(orders.ecs.calls("UpdateService")).hasSize(1);
    }

    /** A build before was killed between RegisterTaskDefinition and UpdateService. */
    @Test
    void runWhenTheNewestRevisionIsEqualUsesIt() throws RolloutFailed {
        orders.then(second -> deployments(deployment("new1", "PRIMARY", 18, "COMPLETED", 2)));
        orders.ecs.on(
                "DescribeTaskDefinition",
                asked -> definition(
                        asked.at("/taskDefinition").asText().equals("orders") ? 18 : 17,
                        asked.at("/taskDefinition").asText().equals("orders") ? IMAGE : "registry/orders:1.0"));
        assertThat(orders.run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.ecs.calls("RegisterTaskDefinition")).isEmpty();
        assertThat(orders.ecs
                        .calls("UpdateService")
                        .get(0)
                        .at("/taskDefinition")
                        .asText())
                .isEqualTo(FAMILY + 18);
        assertThat(orders.told.planned)
                .containsExactly("Rollout of orders in uat: revision 17 -> 18, which was there (image only)");
    }

    @Test
    void runWhenRestartedWithChangesIsRefused() {
        assertThat(orders.problem(Orders.with(
                                restart(),
                                new Wanted(Optional.empty(), environment(), Optional.empty(), Wanted.CodeDeploy.USUAL)))
                        .next())
                .startsWith("use ecs.mode=revision");
    }

    @Test
    void runWhenTheServiceIsMissingCreatesItAsTheProjectSays() throws RolloutFailed {
        missing();
        ProjectFile file = new ProjectFile(
                "service.json",
                "{\"serviceName\": \"orders\", \"desiredCount\": 2, \"launchType\": \"FARGATE\", \"propagateTags\": \"SERVICE\"}",
                Map.of());
        Creation creation = new Creation(
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                Optional.of("FARGATE_SPOT"),
                new Network(List.of("subnet-1", "subnet-2"), List.of("sg-1"), Optional.of(true)),
                Optional.of("arn:tg"),
                Optional.empty());

        Rollout rollout = orders.run(Orders.with(request(), from(Optional.of(creation))));

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.ecs.calls("CreateCluster")).isEmpty();
        assertThat(orders.ecs.calls("CreateService"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "{\"cluster\":\"uat\",\"serviceName\":\"orders\",\"taskDefinition\":\"" + FAMILY + "18\","
                                + "\"loadBalancers\":[{\"targetGroupArn\":\"arn:tg\",\"containerName\":\"app\",\"containerPort\":80}],"
                                + "\"desiredCount\":2,\"capacityProviderStrategy\":[{\"capacityProvider\":\"FARGATE_SPOT\",\"weight\":1}],"
                                + "\"deploymentConfiguration\":{\"deploymentCircuitBreaker\":{\"enable\":true,\"rollback\":true}},"
                                + "\"networkConfiguration\":{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\",\"subnet-2\"],"
                                + "\"securityGroups\":[\"sg-1\"],\"assignPublicIp\":\"ENABLED\"}},\"propagateTags\":\"SERVICE\"}");
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenAMissingServiceHasNoSubnetsIsRefusedBeforeAnythingChanges() {
        missing();
        Creation creation = new Creation(
                Optional.empty(),
                Optional.of(2),
                Optional.empty(),
                Optional.empty(),
                Creation.NOTHING.network(),
                Optional.empty(),
                Optional.empty());
        assertThat(orders.problem(Orders.with(request(), from(Optional.of(creation))))
                        .next())
                .contains("ecs.service.subnets");
        assertThat(orders.ecs.actions()).containsExactly("DescribeServices");
    }

    @Test
    void runWhenTheFileIsAboutAnotherServiceIsRefused() {
        missing();
        Creation creation = new Creation(
                Optional.of(new ProjectFile("service.json", "{\"serviceName\": \"billing\"}", Map.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Creation.NOTHING.network(),
                Optional.empty(),
                Optional.empty());
        assertThat(orders.problem(Orders.with(request(), from(Optional.of(creation))))
                        .text())
                .isEqualTo("service.json is about the service 'billing', and 'orders' is to be deployed.\n"
                        + "Next: set ecs.service=billing, or remove serviceName from the file.");
    }

    private void missing() {
        boolean[] made = {false};
        orders.ecs
                .on(
                        "DescribeServices",
                        asked -> made[0]
                                ? "{\"services\":["
                                        + orders.json(FAMILY + 18, deployment("new1", "PRIMARY", 18, "COMPLETED", 2), 2)
                                        + "]}"
                                : "{\"services\":[],\"failures\":[{\"reason\":\"MISSING\"}]}")
                .on("DescribeTaskDefinition", "!ClientException: Unable to describe task definition.")
                .on("ListTasks", "{\"taskArns\":[\"t/9\"]}")
                .on("CreateService", asked -> {
                    made[0] = true;
                    return "{\"service\":"
                            + orders.json(FAMILY + 18, deployment("new1", "PRIMARY", 18, "IN_PROGRESS", 0), 2) + "}";
                });
    }

    private static Wanted from(Optional<Creation> creation) {
        return new Wanted(Optional.of(TASK), TaskChanges.NONE, creation, Wanted.CodeDeploy.USUAL);
    }

    private static TaskChanges environment() {
        return new TaskChanges(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(TaskChanges.CHOSEN, new ContainerChanges(Map.of("DB_URL", "jdbc:x"), Map.of())));
    }

    private static String definition(int revision, String image) {
        return "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY + revision + "\",\"family\":\"orders\","
                + "\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"" + image + "\"}]}}";
    }
}
