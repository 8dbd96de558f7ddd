package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.request;
import static io.github.ecsmaven.ecs.Orders.restart;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefuseRedeployTest {
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
    void runWhenTheServiceIsMissingNamesTheNearest() {
        orders.ecs
                .on("DescribeServices", "{\"services\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}")
                .on(
                        "ListServices",
                        "{\"serviceArns\":[\"arn:aws:ecs:r:1:service/uat/order\",\"arn:aws:ecs:r:1:service/uat/billing\"]}");
        assertThat(orders.problem(request()).text()).isEqualTo("""
                        There is no ECS service 'orders' in cluster 'uat' in eu-west-1.
                          Near: order
                        Next: correct ecs.service, ecs.cluster or ecs.region, or create the service first (src/main/ecs/service.json lets the build do it).""");
    }

    @Test
    void runWhenTheClusterIsMissingNamesTheNearest() {
        orders.ecs
                .on("DescribeServices", "!ClusterNotFoundException: Cluster not found.")
                .on("ListClusters", "{\"clusterArns\":[\"arn:aws:ecs:r:1:cluster/uat2\"]}");
        assertThat(orders.problem(request()).text())
                .startsWith(
                        "There is no ECS cluster 'uat' in this account in eu-west-1.\n  Near: uat2\nNext: correct ecs.cluster");
    }

    @Test
    void runWhenRestartedOnAnotherPinnedImageIsRefused() {
        orders.running = "registry/orders@sha256:" + "0".repeat(64);
        assertThat(orders.problem(restart()).next()).isEqualTo("use ecs.mode=revision.");
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenAnotherToolMakesTheTaskSetsIsRefused() {
        serve(",\"deploymentController\":{\"type\":\"EXTERNAL\"}");
        assertThat(orders.problem(request()).text())
                .isEqualTo("The service 'orders' in cluster 'uat' is deployed by EXTERNAL, not by ECS itself.\n"
                        + "Next: deploy it through the tool that makes its task sets"
                        + ", or create the service again with the deployment controller ECS.");
        nothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INACTIVE", "DRAINING"})
    void runWhenTheServiceIsDeletedIsRefused(String status) {
        orders.ecs.on(
                "DescribeServices",
                "{\"services\":[{\"serviceName\":\"orders\",\"status\":\"" + status + "\"}],\"failures\":[]}");
        assertThat(orders.problem(request()).text())
                .isEqualTo("The service 'orders' in cluster 'uat' is " + status
                        + ", not ACTIVE.\nNext: create the service again, or correct ecs.service.");
        nothingChanged();
    }

    private void serve(String more) {
        String service = orders.service();
        orders.ecs.on(
                "DescribeServices",
                "{\"services\":[" + service.substring(0, service.length() - 1) + more + "}],\"failures\":[]}");
    }

    private void nothingChanged() {
        assertThat(orders.ecs.calls("UpdateService")).isEmpty();
        assertThat(orders.ecs.calls("RegisterTaskDefinition")).isEmpty();
    }
}
