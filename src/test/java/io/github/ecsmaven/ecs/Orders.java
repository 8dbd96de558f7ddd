package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** The service orders in uat at a scripted ECS: two tasks of revision 17 run, and what the rollouts come to is the test's to say. */
final class Orders implements AutoCloseable {
    static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    static final String IMAGE = "registry/orders@" + DIGEST;
    static final String FAMILY = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:";
    static final long T0 = 1_767_261_600L;

    final FakeEcs ecs = new FakeEcs();
    final VirtualClock time = new VirtualClock(Instant.ofEpochSecond(T0));
    final Told told = new Told();
    boolean breaker = true;
    boolean crashing;
    String running = "registry/orders:1.0";
    /** More fields of the service, each followed by a comma. */
    String more = "";

    String registeredBy = "arn:aws:sts::1:assumed-role/ci/1";
    /** The deployments once StopServiceDeployment was called. */
    String afterStop = "";

    boolean stopped;
    /** Of the tasks of a rollout, as ECS shows it. */
    String shownDigest = DIGEST.value();

    private final List<IntFunction<String>> rollouts = new ArrayList<>();
    private int updates;
    private Instant updated = Instant.ofEpochSecond(T0);

    Orders() throws IOException {
        ecs.on("DescribeServices", request -> "{\"services\":[" + service() + "],\"failures\":[]}")
                .on("DescribeTaskDefinition", request -> taskDefinition())
                .on(
                        "RegisterTaskDefinition",
                        "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY
                                + "18\",\"family\":\"orders\",\"revision\":18}}")
                .on("UpdateService", this::update)
                .on("ListTasks", this::taskArns)
                .on("DescribeTasks", request -> crashing ? crashed() : runningTask())
                .on("ListServiceDeployments", "{\"serviceDeployments\":[]}");
    }

    /** What DescribeServices answers after the next UpdateService, by the seconds since. */
    Orders then(IntFunction<String> deployments) {
        rollouts.add(deployments);
        return this;
    }

    Rollout run(RolloutRequest request) throws RolloutFailed {
        return run(request, time::moveOn);
    }

    Rollout run(RolloutRequest request, Sleeper sleeper) throws RolloutFailed {
        return run(new RedeployService(ecs.apis(), told, time, sleeper), request);
    }

    /** Of one service alone. */
    static Rollout run(RedeployService redeploy, RolloutRequest request) throws RolloutFailed {
        RedeployService.Prepared prepared = redeploy.prepare(request);
        return prepared instanceof RedeployService.Prepared.Ready ready
                ? redeploy.follow(request, ready.begin().get())
                : ((RedeployService.Prepared.Settled) prepared).rollout();
    }

    RolloutFailed fails(RolloutRequest request) {
        return catchThrowableOfType(RolloutFailed.class, () -> run(request));
    }

    Problem problem(RolloutRequest request) {
        return catchThrowableOfType(Problem.class, () -> run(request));
    }

    static RolloutRequest request() {
        return with(Mode.revision, true, true, false);
    }

    static RolloutRequest restart() {
        return with(Mode.restart, true, true, false);
    }

    static RolloutRequest with(Mode mode, boolean await, boolean rollback, boolean dryRun) {
        return request(mode, await, rollback, dryRun, Duration.ofSeconds(30), Optional.empty());
    }

    static RolloutRequest lasting(Duration timeout) {
        return request(Mode.revision, true, true, false, timeout, Optional.empty());
    }

    static RolloutRequest creating(NewService wanted) {
        return request(Mode.revision, true, true, false, Duration.ofSeconds(30), Optional.of(wanted));
    }

    private static RolloutRequest request(
            Mode mode,
            boolean await,
            boolean rollback,
            boolean dryRun,
            Duration timeout,
            Optional<NewService> whenMissing) {
        return new RolloutRequest(
                "uat",
                "orders",
                IMAGE,
                DIGEST,
                Set.of(),
                Optional.empty(),
                mode,
                await,
                WaitFor.complete,
                timeout,
                rollback,
                dryRun,
                whenMissing,
                Wanted.NOTHING);
    }

    /** The same, with what the project says. */
    static RolloutRequest with(RolloutRequest request, Wanted wanted) {
        return new RolloutRequest(
                request.cluster(),
                request.service(),
                request.image(),
                request.digest(),
                request.platforms(),
                request.containerName(),
                request.mode(),
                request.await(),
                request.waitFor(),
                request.timeout(),
                request.rollback(),
                request.dryRun(),
                request.whenMissing(),
                wanted);
    }

    private String update(JsonNode request) {
        updates++;
        updated = time.instant();
        return "{\"service\":" + service() + "}";
    }

    String service() {
        if (updates == 0) {
            return json(FAMILY + 17, old("PRIMARY", 2), 2);
        }
        if (stopped) {
            return json(FAMILY + 17, afterStop, 2);
        }
        int second = (int) Duration.between(updated, time.instant()).toSeconds();
        return json(FAMILY + 18, rollouts.get(updates - 1).apply(second), 2);
    }

    String json(String taskDefinition, String deployments, int desired) {
        String events = updates == 0
                ? ""
                : "{\"id\":\"e1\",\"createdAt\":1,\"message\":\"(service orders) has started 2 tasks: (task 7c1e).\"},";
        return "{\"serviceName\":\"orders\",\"clusterArn\":\"c/uat\",\"status\":\"ACTIVE\",\"desiredCount\":" + desired
                + ",\"runningCount\":2," + more
                + "\"taskDefinition\":\"" + taskDefinition + "\",\"deployments\":[" + deployments + "],"
                + "\"events\":[" + events
                + "{\"id\":\"e0\",\"createdAt\":0,\"message\":\"(service orders) has reached a steady state.\"}],"
                + "\"tags\":[{\"key\":\"ecs.url\",\"value\":\"http://orders.example.com\"}],"
                + "\"deploymentConfiguration\":{\"deploymentCircuitBreaker\":{\"enable\":" + breaker + ",\"rollback\":"
                + breaker + "}}}";
    }

    static String deployments(String... deployments) {
        return String.join(",", deployments);
    }

    static String fresh(String status, String state, int running) {
        return deployment("new1", status, 18, state, running);
    }

    static String old(String status, int running) {
        return deployment("old", status, 17, "COMPLETED", running);
    }

    static String deployment(String id, String status, int revision, String state, int running) {
        long created = id.equals("old") ? T0 - 9999 : T0;
        return "{\"id\":\"ecs-svc/" + id + "\",\"status\":\"" + status + "\",\"taskDefinition\":\"" + FAMILY + revision
                + "\",\"desiredCount\":2,\"runningCount\":" + running
                + ",\"pendingCount\":0,\"failedTasks\":0,\"createdAt\":" + created
                + ",\"rolloutState\":\"" + state + "\"}";
    }

    private String taskArns(JsonNode request) {
        boolean stopped = request.at("/desiredStatus").asText().equals("STOPPED");
        if (stopped) {
            return "{\"taskArns\":[" + (crashing ? "\"t/1\",\"t/2\",\"t/3\"" : "") + "]}";
        }
        return "{\"taskArns\":[" + (crashing || updates == 0 ? "" : "\"t/9\"") + "]}";
    }

    private String runningTask() {
        return "{\"tasks\":[{\"taskArn\":\"t/9\",\"startedBy\":\"ecs-svc/new1\",\"lastStatus\":\"RUNNING\","
                + "\"desiredStatus\":\"RUNNING\",\"containers\":[{\"name\":\"app\",\"imageDigest\":\"" + shownDigest
                + "\"}]}]}";
    }

    private String taskDefinition() {
        return "{\"taskDefinition\":{\"taskDefinitionArn\":\"" + FAMILY + "17\",\"family\":\"orders\",\"revision\":17,"
                + "\"registeredBy\":\"" + registeredBy + "\","
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

    /** Virtual seconds. */
    long slept() {
        return Duration.between(Instant.ofEpochSecond(T0), time.instant()).toSeconds();
    }

    @Override
    public void close() {
        ecs.close();
    }
}
