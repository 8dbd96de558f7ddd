package io.github.ecsmaven.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CodeDeploy's API and its state on disk, over task sets that do at once what is asked. */
class CodeDeployStateTest {
    private static final Caller CALLER = new Caller("123456789012", "eu-west-1");

    @TempDir
    Path home;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T10:00:00Z"));
    private final Willing sets = new Willing();

    @Test
    void tickWhenTheProcessWasKilledGoesOnWhereItWas() {
        CodeDeploy first = prepared();
        String id = call(first, "CreateDeployment", deployment())
                .path("deploymentId")
                .asText();
        for (int i = 0; i < 4; i++) {
            first.tick();
        }
        first.close();

        CodeDeploy second = new CodeDeploy(home, sets, clock);
        assertThat(second.busy()).isTrue();
        assertThat(status(second, id)).isEqualTo("InProgress");
        for (int i = 0; i < 40; i++) {
            clock.moveOn(Duration.ofSeconds(1));
            second.tick();
        }
        assertThat(status(second, id)).isEqualTo("Succeeded");
        assertThat(second.busy()).isFalse();
        second.stop(true);
        assertThat(home.resolve("codedeploy").resolve("state.json")).doesNotExist();
    }

    @Test
    void createDeploymentWhenOneIsUnderWayIsRefusedAsOnAws() {
        CodeDeploy codeDeploy = prepared();
        String id = call(codeDeploy, "CreateDeployment", deployment())
                .path("deploymentId")
                .asText();
        assertThatThrownBy(() -> call(codeDeploy, "CreateDeployment", deployment()))
                .isInstanceOf(AwsError.class)
                .hasMessage("The Deployment Group 'g' already has an active Deployment '" + id + "'");
    }

    private CodeDeploy prepared() {
        CodeDeploy codeDeploy = new CodeDeploy(home, sets, clock);
        call(codeDeploy, "CreateApplication", "{'applicationName': 'a', 'computePlatform': 'ECS'}");
        call(
                codeDeploy,
                "CreateDeploymentGroup",
                "{'applicationName': 'a', 'deploymentGroupName': 'g', 'serviceRoleArn': 'r',"
                        + " 'ecsServices': [{'clusterName': 'uat', 'serviceName': 'orders'}]}");
        return codeDeploy;
    }

    private static String deployment() {
        return "{'applicationName': 'a', 'deploymentGroupName': 'g', 'revision': {'revisionType': 'AppSpecContent',"
                + " 'appSpecContent': {'sha256': 'x', 'content': '{version: 0.0, Resources: [{TargetService: {Type: t, Properties:"
                + " {TaskDefinition: arn, LoadBalancerInfo: {ContainerName: app, ContainerPort: 8080}}}}]}'}}}";
    }

    private static String status(CodeDeploy codeDeploy, String id) {
        return call(codeDeploy, "GetDeployment", "{'deploymentId': '" + id + "'}")
                .at("/deploymentInfo/status")
                .asText();
    }

    private static ObjectNode call(CodeDeploy codeDeploy, String action, String request) {
        byte[] json = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return codeDeploy.handle(action, Json.parse(json), CALLER);
    }

    /** Task sets whose tasks serve at once, and are gone at once. */
    private static final class Willing implements TaskSets {
        private One production = one("", "PRIMARY");
        private Optional<One> beside = Optional.empty();

        private static One one(String deployment, String status) {
            return new One("ecs-svc/" + deployment, deployment, status, "arn", 2, 0, 2, true, "");
        }

        @Override
        public Optional<Both> find(String serviceArn) {
            return Optional.of(new Both(production, beside));
        }

        @Override
        public void create(
                String serviceArn,
                String taskDefinition,
                String deployment,
                Optional<JsonNode> balancer,
                Caller caller) {
            beside = Optional.of(one(deployment, "ACTIVE"));
        }

        @Override
        public void swap(String serviceArn) {
            One old = production;
            production = beside.orElseThrow();
            beside = Optional.of(old);
        }

        @Override
        public void end(String serviceArn) {
            beside = Optional.empty();
        }
    }
}
