package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedeployServiceTest {
    private static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    private static final String IMAGE = "registry/orders@" + DIGEST;
    private static final String FAMILY = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:";
    private static final long T0 = 1_767_261_600L;

    private final VirtualTime time = new VirtualTime();
    private final Told told = new Told();
    private FakeEcs ecs;
    /** What DescribeServices answers, by the seconds since the last UpdateService; before it the steady service. */
    private final List<IntFunction<String>> rollouts = new ArrayList<>();

    private int updates;
    private Instant updated = Instant.ofEpochSecond(T0);
    private boolean breaker = true;
    private boolean crashing;
    private String running = "registry/orders:1.0";

    @BeforeEach
    void start() throws IOException {
        ecs = new FakeEcs();
        ecs.on("DescribeServices", request -> "{\"services\":[" + service() + "],\"failures\":[]}")
                .on("DescribeTaskDefinition", request -> taskDefinition())
                .on(
                        "RegisterTaskDefinition",
                        "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY
                                + "18\",\"family\":\"orders\",\"revision\":18}}")
                .on("UpdateService", this::update)
                .on("ListTasks", this::stoppedTasks)
                .on("DescribeTasks", crashed())
                .on("ListServiceDeployments", "{\"serviceDeployments\":[]}");
    }

    @AfterEach
    void stop() {
        ecs.close();
    }

    @Test
    void runWhenTheImageIsNewRegistersOneRevisionUpdatesOnceAndIsProved() throws RolloutFailed {
        rollouts.add(second -> second < 3
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));

        Rollout rollout = run(request());

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).isEqualTo("ecs-svc/new1");
        assertThat(rollout.taskDefinition()).isEqualTo(FAMILY + 18);
        assertThat(rollout.previousTaskDefinition()).contains(FAMILY + 17);
        assertThat(rollout.url()).contains("http://orders.example.com");
        assertThat(rollout.seconds()).isBetween(3.0, 5.0);
        assertThat(ecs.calls("UpdateService")).hasSize(1);
        JsonNode registered = ecs.calls("RegisterTaskDefinition").get(0);
        assertThat(registered.at("/containerDefinitions/0/image").asText()).isEqualTo(IMAGE);
        assertThat(registered.at("/containerDefinitions/0/memory").asInt()).isEqualTo(512);
        assertThat(registered.at("/tags/0/value").asText()).isEqualTo("shop");
        assertThat(told.planned).containsExactly("Rollout of orders in uat: revision 17 -> 18 (image only)");
        assertThat(told.states).first().isEqualTo("new 0/2  old 2/2");
        assertThat(told.events).containsExactly("(service orders) has started 2 tasks: (task 7c1e).");
    }

    @Test
    void runWhenTheServiceRunsThisImageChangesNothing() throws RolloutFailed {
        running = IMAGE;
        Rollout rollout = run(request());
        assertThat(rollout.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(ecs.actions()).containsExactly("DescribeServices", "DescribeTaskDefinition");
        assertThat(told.planned)
                .containsExactly("orders in uat already runs sha256:abababababab (revision 17): nothing to do");
    }

    @Test
    void runWhenDryChangesNothing() throws RolloutFailed {
        Rollout rollout = run(with(Mode.revision, true, true, true));
        assertThat(rollout.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(ecs.actions()).containsExactly("DescribeServices", "DescribeTaskDefinition");
        assertThat(told.planned)
                .containsExactly(
                        "Rollout of orders in uat: new revision after 17 (image only: registry/orders -> sha256:abababababab)");
    }

    @Test
    void runWhenNotAwaitedReturnsAtOnce() throws RolloutFailed {
        rollouts.add(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        assertThat(run(with(Mode.revision, false, true, false)).outcome()).isEqualTo(Outcome.STARTED);
        assertThat(time.slept).isEqualTo(0);
    }

    @Test
    void runWhenEcsRollsBackFollowsItAndFails() {
        crashing = true;
        rollouts.add(second -> second < 5
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("ACTIVE", "FAILED", 0), old("PRIMARY", 2)));
        RolloutFailed failed = fails(request());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.rollout().taskDefinition()).isEqualTo(FAMILY + 17);
        assertThat(failed.problem().what())
                .isEqualTo("ECS rolled orders in uat back to revision 17: the new tasks do not start.");
        assertThat(failed.problem().text()).contains("3 of 3 tasks of revision 18 stopped", "exit code 1");
        assertThat(ecs.calls("UpdateService")).hasSize(1);
    }

    @Test
    void runWhenTasksCrashAndNoBreakerIsThereRollsBackItself() {
        crashing = true;
        breaker = false;
        rollouts.add(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        rollouts.add(second -> second < 3
                ? deployments(deployment("new2", "PRIMARY", 17, "IN_PROGRESS", 2), fresh("ACTIVE", "IN_PROGRESS", 0))
                : deployments(deployment("new2", "PRIMARY", 17, "COMPLETED", 2)));

        RolloutFailed failed = fails(request());

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text())
                .startsWith(
                        "The rollout of orders in uat to revision 18 goes nowhere: the new tasks do not start.\n"
                                + "  3 of 3 tasks of revision 18 stopped within 9.0 s: Essential container in task exited, exit code 1")
                .contains("Rolled back: revision 17 runs again.");
        assertThat(ecs.calls("UpdateService").stream()
                        .map(c -> c.at("/taskDefinition").asText()))
                .containsExactly(FAMILY + 18, FAMILY + 17);
    }

    @Test
    void runWhenRollbackIsOffLeavesTheServiceAsItIs() {
        breaker = false;
        rollouts.add(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        RolloutFailed failed = fails(with(Mode.revision, true, false, false));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().text())
                .contains("was not at its end after 30 s", "Last seen: new 0/2  old 2/2", "(ecs.rollback=false)");
        assertThat(time.slept).as("virtual seconds").isBetween(29L, 33L);
    }

    @Test
    void runWhenAwsThrottlesGoesOnWatching() throws RolloutFailed {
        int[] asked = {0};
        rollouts.add(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));
        ecs.on(
                "DescribeServices",
                request -> ++asked[0] > 1 && asked[0] < 8
                        ? "!ThrottlingException: Rate exceeded"
                        : "{\"services\":[" + service() + "]}");
        assertThat(run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void runWhenOptionalPermissionsAreMissingWarnsOnce() throws RolloutFailed {
        rollouts.add(second -> second < 3
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));
        ecs.on(
                "ListServiceDeployments",
                "!AccessDeniedException: User: u is not authorized to perform: ecs:ListServiceDeployments");
        assertThat(run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(told.warnings)
                .containsExactly(
                        "Less is known about this rollout without ecs:ListServiceDeployments and ecs:DescribeServiceRevisions (AccessDeniedException).");
    }

    @Test
    void runWhenTheServiceIsMissingNamesTheNearest() {
        ecs.on("DescribeServices", "{\"services\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}")
                .on(
                        "ListServices",
                        "{\"serviceArns\":[\"arn:aws:ecs:r:1:service/uat/order\",\"arn:aws:ecs:r:1:service/uat/billing\"]}");
        assertThat(problem(request()).text()).isEqualTo("""
                        There is no ECS service 'orders' in cluster 'uat'.
                          Near: order
                        Next: correct ecs.service or ecs.cluster, or create the service first.""");
    }

    @Test
    void runWhenTheClusterIsMissingNamesTheNearest() {
        ecs.on("DescribeServices", "!ClusterNotFoundException: Cluster not found.")
                .on("ListClusters", "{\"clusterArns\":[\"arn:aws:ecs:r:1:cluster/uat2\"]}");
        assertThat(problem(request()).text())
                .startsWith(
                        "There is no ECS cluster 'uat' in this account and region.\n  Near: uat2\nNext: correct ecs.cluster");
    }

    @Test
    void runWhenRestartedForcesADeploymentAndProvesTheDigest() throws RolloutFailed {
        rollouts.add(second -> deployments(deployment("new1", "PRIMARY", 17, "COMPLETED", 2)));
        ecs.on(
                        "ListServiceDeployments",
                        "{\"serviceDeployments\":[{\"serviceDeploymentArn\":\"d\",\"createdAt\":" + (T0 + 1)
                                + ",\"targetServiceRevisionArn\":\"r\",\"status\":\"SUCCESSFUL\"}]}")
                .on(
                        "DescribeServiceRevisions",
                        "{\"serviceRevisions\":[{\"serviceRevisionArn\":\"r\",\"taskDefinition\":\"" + FAMILY
                                + "17\",\"containerImages\":[{\"containerName\":\"app\",\"image\":\"x\",\"imageDigest\":\""
                                + DIGEST + "\"}]}]}");
        assertThat(run(with(Mode.restart, true, true, false)).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(ecs.calls("UpdateService").get(0).at("/forceNewDeployment").asBoolean())
                .isTrue();
        assertThat(ecs.calls("RegisterTaskDefinition")).isEmpty();
    }

    @Test
    void runWhenRestartedOnAnotherPinnedImageIsRefused() {
        running = "registry/orders@sha256:" + "0".repeat(64);
        assertThat(problem(with(Mode.restart, true, true, false)).next()).isEqualTo("use ecs.mode=revision.");
        assertThat(ecs.calls("UpdateService")).isEmpty();
    }

    @Test
    void runWhenMissingInTheSandboxCreatesClusterAndService() throws RolloutFailed {
        int[] asked = {0};
        rollouts.add(second -> "");
        ecs.on(
                        "DescribeServices",
                        request -> asked[0]++ == 0
                                ? "!ClusterNotFoundException: Cluster not found."
                                : "{\"services\":["
                                        + json(FAMILY + 1, deployment("new1", "PRIMARY", 1, "COMPLETED", 1), 1) + "]}")
                .on(
                        "CreateCluster",
                        "{\"cluster\":{\"clusterArn\":\"arn:aws:ecs:eu-west-1:000000000000:cluster/uat\"}}")
                .on("RegisterTaskDefinition", "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY + "1\"}}")
                .on(
                        "CreateService",
                        request -> "{\"service\":"
                                + json(FAMILY + 1, deployment("new1", "PRIMARY", 1, "IN_PROGRESS", 0), 1) + "}");
        RolloutRequest r = request();
        Rollout rollout = run(new RolloutRequest(
                r.cluster(),
                r.service(),
                r.image(),
                r.digest(),
                r.containerName(),
                r.mode(),
                true,
                r.timeout(),
                true,
                false,
                Optional.of(new NewService(8080, 256, 1, Map.of("A", "b")))));
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.previousTaskDefinition()).isEmpty();
        assertThat(rollout.url()).contains("http://orders.example.com");
        assertThat(ecs.calls("CreateService")
                        .get(0)
                        .at("/deploymentConfiguration/deploymentCircuitBreaker/rollback")
                        .asBoolean())
                .isTrue();
        assertThat(ecs.calls("RegisterTaskDefinition")
                        .get(0)
                        .at("/containerDefinitions/0/image")
                        .asText())
                .isEqualTo(IMAGE);
        assertThat(ecs.calls("UpdateService")).isEmpty();
    }

    private Rollout run(RolloutRequest request) throws RolloutFailed {
        return new RedeployService(ecs.client(), told, time, time::sleep).run(request);
    }

    private RolloutFailed fails(RolloutRequest request) {
        return catchThrowableOfType(RolloutFailed.class, () -> run(request));
    }

    private String stoppedTasks(JsonNode request) {
        boolean some = crashing && request.at("/desiredStatus").asText().equals("STOPPED");
        return "{\"taskArns\":[" + (some ? "\"t/1\",\"t/2\",\"t/3\"" : "") + "]}";
    }

    private Problem problem(RolloutRequest request) {
        return catchThrowableOfType(Problem.class, () -> run(request));
    }

    private static RolloutRequest request() {
        return with(Mode.revision, true, true, false);
    }

    private static RolloutRequest with(Mode mode, boolean await, boolean rollback, boolean dryRun) {
        return new RolloutRequest(
                "uat",
                "orders",
                IMAGE,
                DIGEST,
                Optional.empty(),
                mode,
                await,
                Duration.ofSeconds(30),
                rollback,
                dryRun,
                Optional.empty());
    }

    private String update(JsonNode request) {
        updates++;
        updated = time.instant();
        return "{\"service\":" + service() + "}";
    }

    private String service() {
        if (updates == 0) {
            return json(FAMILY + 17, old("PRIMARY", 2), 2);
        }
        int second = (int) Duration.between(updated, time.instant()).toSeconds();
        return json(FAMILY + 18, rollouts.get(updates - 1).apply(second), 2);
    }

    private String json(String taskDefinition, String deployments, int desired) {
        String events = updates == 0
                ? ""
                : "{\"id\":\"e1\",\"createdAt\":1,\"message\":\"(service orders) has started 2 tasks: (task 7c1e).\"},";
        return "{\"serviceName\":\"orders\",\"clusterArn\":\"c/uat\",\"status\":\"ACTIVE\",\"desiredCount\":" + desired
                + ",\"runningCount\":2,"
                + "\"taskDefinition\":\"" + taskDefinition + "\",\"deployments\":[" + deployments + "],"
                + "\"events\":[" + events
                + "{\"id\":\"e0\",\"createdAt\":0,\"message\":\"(service orders) has reached a steady state.\"}],"
                + "\"tags\":[{\"key\":\"ecs.url\",\"value\":\"http://orders.example.com\"}],"
                + "\"deploymentConfiguration\":{\"deploymentCircuitBreaker\":{\"enable\":" + breaker + ",\"rollback\":"
                + breaker + "}}}";
    }

    private static String deployments(String... deployments) {
        return String.join(",", deployments);
    }

    private static String fresh(String status, String state, int running) {
        return deployment("new1", status, 18, state, running);
    }

    private static String old(String status, int running) {
        return deployment("old", status, 17, "COMPLETED", running);
    }

    private static String deployment(String id, String status, int revision, String state, int running) {
        long created = id.equals("old") ? T0 - 9999 : T0;
        return "{\"id\":\"ecs-svc/" + id + "\",\"status\":\"" + status + "\",\"taskDefinition\":\"" + FAMILY + revision
                + "\",\"desiredCount\":2,\"runningCount\":" + running
                + ",\"pendingCount\":0,\"failedTasks\":0,\"createdAt\":" + created
                + ",\"rolloutState\":\"" + state + "\"}";
    }

    private String taskDefinition() {
        return "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY + "17\",\"family\":\"orders\",\"revision\":17,"
                + "\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"" + running + "\",\"memory\":512}]},"
                + "\"tags\":[{\"key\":\"team\",\"value\":\"shop\"}]}";
    }

    private static String crashed() {
        List<String> tasks = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            tasks.add("{\"taskArn\":\"t/" + i
                    + "\",\"startedBy\":\"ecs-svc/new1\",\"lastStatus\":\"STOPPED\",\"desiredStatus\":\"STOPPED\","
                    + "\"stopCode\":\"EssentialContainerExited\",\"stoppedReason\":\"Essential container in task exited\",\"createdAt\":"
                    + T0
                    + ",\"stoppedAt\":" + (T0 + 3 * i) + ",\"containers\":[{\"name\":\"app\",\"exitCode\":1}]}");
        }
        return "{\"tasks\":[" + String.join(",", tasks) + "]}";
    }

    private static final class VirtualTime extends Clock {
        private Instant now = Instant.ofEpochSecond(T0);
        private long slept;

        void sleep(Duration time) {
            now = now.plus(time);
            slept = Duration.between(Instant.ofEpochSecond(T0), now).toSeconds();
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Told implements RolloutLog {
        private final List<String> planned = new ArrayList<>();
        private final List<String> states = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();

        @Override
        public void detail(String text) {}

        @Override
        public void warning(String text) {
            warnings.add(text);
        }

        @Override
        public void planned(String text) {
            planned.add(text);
        }

        @Override
        public void state(Duration elapsed, String state) {
            states.add(state);
        }

        @Override
        public void event(Duration elapsed, String message) {
            events.add(message);
        }
    }
}
