package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.FAMILY;
import static io.github.ecsmaven.ecs.Orders.T0;
import static io.github.ecsmaven.ecs.Orders.deployment;
import static io.github.ecsmaven.ecs.Orders.deployments;
import static io.github.ecsmaven.ecs.Orders.fresh;
import static io.github.ecsmaven.ecs.Orders.old;
import static io.github.ecsmaven.ecs.Orders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.ecs.Rollout.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked beside the watch when a rollout has failed, and how the service comes back. */
class FailureDetailsTest {
    private static final String LOGGED = "\"logConfiguration\":{\"logDriver\":\"awslogs\",\"options\":{"
            + "\"awslogs-group\":\"/ecs/orders\",\"awslogs-region\":\"eu-west-1\",\"awslogs-stream-prefix\":\"v1\"}}";
    private static final String LOADED = "\"loadBalancers\":[{\"targetGroupArn\":"
            + "\"arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/6d0e\"}],";

    private Orders orders;

    @BeforeEach
    void start() throws IOException {
        orders = new Orders();
        orders.crashing = true;
        orders.breaker = false;
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        orders.ecs.on(
                "DescribeTaskDefinition",
                request -> "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY
                        + "17\",\"family\":\"orders\",\"registeredBy\":\"arn:aws:sts::1:assumed-role/ci/77\","
                        + "\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"registry/orders:1.0\"," + LOGGED
                        + "}]}}");
        orders.ecs.on("GetLogEvents", "{\"events\":[{\"message\":\"DB_URL is not set\"},{\"message\":\"  at A.b\"}]}");
        backIn(2);
    }

    @AfterEach
    void stop() {
        orders.close();
    }

    @Test
    void runWhenTasksCrashShowsTheLogOfTheNewest() {
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.problem().text()).contains("""
                  Last lines of container 'app' of task 3:
                    DB_URL is not set
                      at A.b
                """.indent(0));
        assertThat(orders.ecs.calls("GetLogEvents")).singleElement().satisfies(call -> assertThat(call.toString())
                .contains("\"logGroupName\":\"/ecs/orders\"", "\"logStreamName\":\"v1/app/3\"", "\"limit\":50"));
        assertThat(failed.problem().evidence())
                .endsWith("https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/uat/services/orders/"
                        + "deployments?region=eu-west-1");
    }

    /** An event of the log may be a stack trace of many lines. */
    @Test
    void runWhenTheLogIsLongShowsItsLast50LinesCut() {
        String trace = IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).collect(Collectors.joining("\\n"));
        orders.ecs.on(
                "GetLogEvents",
                "{\"events\":[{\"message\":\"" + trace + "\"},{\"message\":\"" + trace.replace("line", "again")
                        + "\"},{\"message\":\"" + "x".repeat(5_000) + "\"}]}");
        List<String> evidence = orders.fails(request()).problem().text().lines().toList();
        int title = evidence.indexOf("  Last lines of container 'app' of task 3:");
        List<String> log = evidence.subList(title + 1, evidence.size()).stream()
                .takeWhile(line -> line.startsWith("    "))
                .toList();
        assertThat(log)
                .hasSize(50)
                .startsWith("    line 12")
                .contains("    line 30", "    again 1")
                .endsWith("    again 30", "    " + "x".repeat(1_000) + "…");
        assertThat(evidence).hasSizeLessThan(50 + 15);
    }

    /** What went off is in the service deployment alone. */
    @Test
    void runWhenAnAlarmWentOffNamesIt() {
        inHistory();
        orders.ecs
                .on("ListServiceDeployments", history("IN_PROGRESS"))
                .on("StopServiceDeployment", "!AccessDeniedException: User: u is not authorized")
                .on(
                        "DescribeServiceDeployments",
                        "{\"serviceDeployments\":[{\"serviceDeploymentArn\":\"d\",\"alarms\":{\"status\":\"TRIGGERED\","
                                + "\"alarmNames\":[\"orders-5xx\",\"orders-slow\",\"orders-cpu\"],"
                                + "\"triggeredAlarmNames\":[\"orders-5xx\",\"orders-slow\"]}}]}");
        assertThat(orders.fails(request()).problem().evidence()).contains("In alarm: orders-5xx, orders-slow.");
    }

    @Test
    void runWhenTheLogsMayNotBeReadIsANoticeAndLessDetail() {
        orders.ecs.on(
                "GetLogEvents", "!AccessDeniedException: User: u is not authorized to perform: logs:GetLogEvents");
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(orders.told.warnings)
                .containsExactly("Less is known about this failure without ecs:DescribeTaskDefinition and"
                        + " logs:GetLogEvents (AccessDeniedException).");
    }

    @Test
    void runWhenThereIsNoLogStreamSaysSo() {
        orders.ecs.on("GetLogEvents", "!ResourceNotFoundException: The specified log stream does not exist.");
        assertThat(orders.fails(request()).problem().evidence())
                .contains("No log of container 'app' of task 3: there is no log stream v1/app/3 in the log group"
                        + " /ecs/orders.");
    }

    @Test
    void runWhenTheServiceHasALoadBalancerShowsItsUnhealthyTargets() {
        orders.more = LOADED;
        orders.ecs.on(
                "DescribeTargetHealth",
                "<DescribeTargetHealthResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\">"
                        + "<DescribeTargetHealthResult><TargetHealthDescriptions>"
                        + target("10.0.0.1", "<State>healthy</State>")
                        + target(
                                "10.0.0.2",
                                "<State>unhealthy</State><Reason>Target.Timeout</Reason>"
                                        + "<Description>Request timed out</Description>")
                        + "</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>");
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.problem().evidence())
                .contains("Target 10.0.0.2:8080 in shop is unhealthy: Target.Timeout: Request timed out.");
        assertThat(failed.problem().what()).as("who ended by himself").endsWith(": the new tasks start and end again.");
    }

    @Test
    void runWhenTargetHealthMayNotBeReadIsANotice() {
        orders.more = LOADED;
        orders.ecs.on("DescribeTargetHealth", "!AccessDenied: User: u is not authorized");
        assertThat(orders.fails(request()).rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(orders.told.warnings)
                .containsExactly(
                        "Less is known about this failure without elasticloadbalancing:DescribeTargetHealth (AccessDenied).");
    }

    @Test
    void runWhenSupersededSaysWhoWonAndRollsNothingBack() throws IOException {
        try (Orders late = new Orders()) {
            late.then(second -> second < 3
                    ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                    : deployments(deployment("b", "PRIMARY", 19, "IN_PROGRESS", 0), fresh("ACTIVE", "IN_PROGRESS", 1)));
            late.registeredBy = "arn:aws:sts::1:assumed-role/ci/77";
            RolloutFailed failed = late.fails(request());
            assertThat(failed.problem().text())
                    .contains("Deployment ecs-svc/b with revision 19 took over")
                    .contains("It brings image registry/orders:1.0, registered by arn:aws:sts::1:assumed-role/ci/77.");
            assertThat(late.ecs.calls("UpdateService")).hasSize(1);
        }
    }

    @Test
    void runWhenAServiceDeploymentIsUnderWayStopsItWithEcssOwnRollback() {
        inHistory();
        String[] status = {"IN_PROGRESS"};
        orders.ecs.on("ListServiceDeployments", request -> history(status[0])).on("StopServiceDeployment", request -> {
            status[0] = "ROLLBACK_SUCCESSFUL";
            orders.stopped = true;
            return "{\"serviceDeploymentArn\":\"d\"}";
        });
        orders.afterStop = deployments(deployment("back", "PRIMARY", 17, "COMPLETED", 2));
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.rollout().taskDefinition()).isEqualTo(FAMILY + 17);
        assertThat(failed.problem().evidence()).contains("Rolled back: revision 17 runs again.");
        assertThat(orders.ecs.calls("StopServiceDeployment")).singleElement().satisfies(call -> assertThat(
                        call.toString())
                .isEqualTo("{\"serviceDeploymentArn\":\"d\",\"stopType\":\"ROLLBACK\"}"));
        assertThat(orders.ecs.calls("UpdateService")).hasSize(1);
    }

    @Test
    void runWhenStoppingIsNotAllowedUpdatesTheService() {
        inHistory();
        orders.ecs
                .on("ListServiceDeployments", history("IN_PROGRESS"))
                .on("StopServiceDeployment", "!AccessDeniedException: User: u is not authorized");
        RolloutFailed failed = orders.fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(orders.told.warnings)
                .containsExactly("Without ecs:StopServiceDeployment the service is rolled back by another deployment"
                        + " (AccessDeniedException).");
        assertThat(orders.ecs.calls("UpdateService")).hasSize(2);
    }

    private void inHistory() {
        orders.ecs.on(
                "DescribeServiceRevisions",
                "{\"serviceRevisions\":[{\"serviceRevisionArn\":\"r\",\"taskDefinition\":\"" + FAMILY + "18\"}]}");
    }

    private static String history(String status) {
        return "{\"serviceDeployments\":[{\"serviceDeploymentArn\":\"d\",\"createdAt\":" + (T0 + 1)
                + ",\"targetServiceRevisionArn\":\"r\",\"status\":\"" + status + "\"}]}";
    }

    private void backIn(int seconds) {
        orders.then(second -> second < seconds
                ? deployments(deployment("new2", "PRIMARY", 17, "IN_PROGRESS", 2), fresh("ACTIVE", "IN_PROGRESS", 0))
                : deployments(deployment("new2", "PRIMARY", 17, "COMPLETED", 2)));
    }

    private static String target(String id, String health) {
        return "<member><Target><Id>" + id + "</Id><Port>8080</Port></Target><TargetHealth>" + health
                + "</TargetHealth></member>";
    }
}
