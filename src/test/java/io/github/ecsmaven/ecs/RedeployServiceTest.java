package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.DIGEST;
import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.IMAGE;
import static io.github.ecsmaven.ecs.Orders.T0;
import static io.github.ecsmaven.ecs.Orders.creating;
import static io.github.ecsmaven.ecs.Orders.deployment;
import static io.github.ecsmaven.ecs.Orders.deployments;
import static io.github.ecsmaven.ecs.Orders.fresh;
import static io.github.ecsmaven.ecs.Orders.old;
import static io.github.ecsmaven.ecs.Orders.request;
import static io.github.ecsmaven.ecs.Orders.restart;
import static io.github.ecsmaven.ecs.Orders.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedeployServiceTest {
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
    void runWhenTheImageIsNewRegistersOneRevisionUpdatesOnceAndIsProved() throws RolloutFailed {
        orders.then(second -> second < 3
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));

        Rollout rollout = orders.run(request());

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).isEqualTo("ecs-svc/new1");
        assertThat(rollout.taskDefinition()).isEqualTo(FAMILY + 18);
        assertThat(rollout.previousTaskDefinition()).contains(FAMILY + 17);
        assertThat(rollout.url()).contains("http://orders.example.com");
        assertThat(rollout.seconds()).isBetween(3.0, 5.0);
        assertThat(orders.ecs.calls("UpdateService")).hasSize(1);
        JsonNode registered = orders.ecs.calls("RegisterTaskDefinition").get(0);
        assertThat(registered.at("/containerDefinitions/0/image").asText()).isEqualTo(IMAGE);
        assertThat(registered.at("/containerDefinitions/0/memory").asInt()).isEqualTo(512);
        assertThat(registered.at("/tags/0/value").asText()).isEqualTo("shop");
        assertThat(orders.told.planned).containsExactly("Rollout of orders in uat: revision 17 -> 18 (image only)");
        assertThat(orders.told.states).first().isEqualTo("new 0/2                         old 2/2");
        assertThat(orders.told.events).isEmpty();
        assertThat(orders.told.details).containsExactly("ECS: service orders has started 2 tasks: task 7c1e.");
    }

    @Test
    void runWhenTheServiceRunsThisImageChangesNothing() throws RolloutFailed {
        orders.running = IMAGE;
        Rollout rollout = orders.run(request());
        assertThat(rollout.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(orders.ecs.actions()).containsExactly("DescribeServices", "DescribeTaskDefinition");
        assertThat(orders.told.planned)
                .containsExactly("orders in uat already runs sha256:abababababab (revision 17): nothing to do");
        assertThat(orders.slept()).isZero();
    }

    @Test
    void runWhenRestartedSpeaksOfATagOnlyWhereOneIsRun() throws Exception {
        orders.run(with(Mode.restart, true, true, true));
        orders.running = IMAGE;
        orders.run(with(Mode.restart, true, true, true));

        String digest = DIGEST.shortText();
        assertThat(orders.told.planned)
                .containsExactly(
                        "Restart of orders in uat on revision 17 (the tag now means " + digest + ")",
                        "Restart of orders in uat on revision 17 (pinned to " + digest + ")");
    }

    @Test
    void runWhenDryChangesNothing() throws RolloutFailed {
        Rollout rollout = orders.run(with(Mode.revision, true, true, true));
        assertThat(rollout.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(orders.ecs.actions()).containsExactly("DescribeServices", "DescribeTaskDefinition");
        assertThat(orders.told.planned)
                .containsExactly(
                        "Rollout of orders in uat: new revision after 17 (image only: registry/orders -> sha256:abababababab)");
    }

    @Test
    void runWhenNotAwaitedReturnsAtOnce() throws RolloutFailed {
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        assertThat(orders.run(with(Mode.revision, false, true, false)).outcome())
                .isEqualTo(Outcome.STARTED);
        assertThat(orders.slept()).isEqualTo(0);
    }

    @Test
    void runWhenRestartedForcesADeploymentAndProvesTheDigest() throws RolloutFailed {
        orders.then(second -> deployments(deployment("new1", "PRIMARY", 17, "COMPLETED", 2)));
        orders.ecs
                .on(
                        "ListServiceDeployments",
                        "{\"serviceDeployments\":[{\"serviceDeploymentArn\":\"d\",\"createdAt\":" + (T0 + 1)
                                + ",\"targetServiceRevisionArn\":\"r\",\"status\":\"SUCCESSFUL\"}]}")
                .on(
                        "DescribeServiceRevisions",
                        "{\"serviceRevisions\":[{\"serviceRevisionArn\":\"r\",\"taskDefinition\":\"" + FAMILY
                                + "17\",\"containerImages\":[{\"containerName\":\"app\",\"image\":\"x\",\"imageDigest\":\""
                                + DIGEST + "\"}]}]}");
        assertThat(orders.run(restart()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.ecs.calls("UpdateService")).singleElement().satisfies(update -> assertThat(
                        update.at("/forceNewDeployment").asBoolean())
                .isTrue());
        assertThat(orders.ecs.calls("RegisterTaskDefinition")).isEmpty();
    }

    @Test
    void runWhenMissingInTheSandboxCreatesClusterAndService() throws RolloutFailed {
        int[] asked = {0};
        orders.then(second -> "");
        orders.ecs
                .on(
                        "DescribeServices",
                        request -> asked[0]++ == 0
                                ? "!ClusterNotFoundException: Cluster not found."
                                : "{\"services\":["
                                        + orders.json(FAMILY + 1, deployment("new1", "PRIMARY", 1, "COMPLETED", 1), 1)
                                        + "]}")
                .on(
                        "CreateCluster",
                        "{\"cluster\":{\"clusterArn\":\"arn:aws:ecs:eu-west-1:000000000000:cluster/uat\"}}")
                .on("RegisterTaskDefinition", "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY + "1\"}}")
                .on(
                        "CreateService",
                        request -> "{\"service\":"
                                + orders.json(FAMILY + 1, deployment("new1", "PRIMARY", 1, "IN_PROGRESS", 0), 1) + "}");
        orders.ecs
                .on("ListTasks", "{\"taskArns\":[\"t/9\"]}")
                .on(
                        "DescribeTasks",
                        "{\"tasks\":[{\"taskArn\":\"t/9\",\"startedBy\":\"ecs-svc/new1\",\"lastStatus\":\"RUNNING\","
                                + "\"containers\":[{\"name\":\"orders\",\"imageDigest\":\"" + DIGEST + "\"}]}]}");
        Rollout rollout = orders.run(creating(new NewService(8080, 256, 1, Map.of("A", "b"))));
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.previousTaskDefinition()).isEmpty();
        assertThat(rollout.url()).contains("http://orders.example.com");
        assertThat(orders.ecs
                        .calls("CreateService")
                        .get(0)
                        .at("/deploymentConfiguration/deploymentCircuitBreaker/rollback")
                        .asBoolean())
                .isTrue();
        assertThat(orders.ecs
                        .calls("RegisterTaskDefinition")
                        .get(0)
                        .at("/containerDefinitions/0/image")
                        .asText())
                .isEqualTo(IMAGE);
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenThisImageIsAlreadyUnderWayFollowsIt() throws RolloutFailed {
        orders.running = IMAGE;
        int[] looks = {0};
        orders.ecs.on(
                "DescribeServices",
                request -> "{\"services\":["
                        + orders.json(
                                FAMILY + 17,
                                looks[0]++ < 3
                                        ? deployments(
                                                deployment("new1", "PRIMARY", 17, "IN_PROGRESS", 1),
                                                deployment("old", "ACTIVE", 16, "COMPLETED", 2))
                                        : deployment("new1", "PRIMARY", 17, "COMPLETED", 2),
                                2)
                        + "]}");
        orders.ecs.on("ListTasks", "{\"taskArns\":[\"t/9\"]}");
        Rollout rollout = orders.run(request());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).isEqualTo("ecs-svc/new1");
        assertThat(orders.told.planned).containsExactly("A rollout of this image is under way: following it");
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
        assertThat(orders.ecs.calls("RegisterTaskDefinition")).isEmpty();
    }
}
