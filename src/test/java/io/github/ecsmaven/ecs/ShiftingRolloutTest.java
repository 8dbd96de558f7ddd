package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.ecs.ScriptedEcs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookStage;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** Rollouts of a service that shifts traffic, at the sandbox's ECS in this process; a client calls the service throughout. */
@Timeout(60)
class ShiftingRolloutTest {
    private static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    private static final Digest TWO = new Digest("sha256:" + "2".repeat(64));
    private static final String HOOK = "arn:aws:lambda:us-east-1:123456789012:function:check";

    @TempDir
    Path home;

    private final VirtualClock time = new VirtualClock(Instant.parse("2026-01-01T10:00:00Z"));
    private final Told told = new Told();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> answers = new ArrayList<>();
    private ScriptedEcs sandbox;
    private EcsClient ecs;
    private URI url;

    @BeforeEach
    void begin() throws Exception {
        sandbox = new ScriptedEcs(home, time);
        ecs = EcsClient.builder()
                .endpointOverride(sandbox.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(sdk -> sdk.addExecutionInterceptor(new Count()))
                .build();
        ecs.createCluster(c -> c.clusterName("uat"));
    }

    @AfterEach
    void end() {
        ecs.close();
        sandbox.close();
    }

    @Test
    void completeWhenBlueGreenWaitsForTheBakeTime() throws Exception {
        runs(blueGreen(1));
        Rollout rollout = run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(15));

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.strategy()).isEqualTo("BLUE_GREEN");
        assertThat(rollout.seconds()).isBetween(60.0, 75.0);
        assertThat(told.planned)
                .containsExactly("Rollout of orders in uat: revision 1 -> 2 (image only), blue/green, bakes 1 min");
        assertThat(stages())
                .contains("baking, 1 min of 1 min left", "baking, 50 s of 1 min left", "baking, 10 s of 1 min left");
        assertThat(told.changes()).doesNotHaveDuplicates();
        assertThat(told.warnings).isEmpty();
        assertThat(answers)
                .isSortedAccordingTo((one, other) -> one.compareTo(other))
                .contains("one", "two");
        assertThat(served()).isEqualTo("two");
    }

    @Test
    void trafficWhenBlueGreenEndsBeforeTheBakeTime() throws Exception {
        runs(blueGreen(600));
        Rollout rollout = run("registry/orders", TWO, WaitFor.traffic, Duration.ofMinutes(15));

        assertThat(rollout.outcome()).isEqualTo(Outcome.TRAFFIC_SHIFTED);
        assertThat(rollout.seconds()).isLessThan(15);
        assertThat(served()).isEqualTo("two");
        assertThat(told.warnings)
                .containsExactly(
                        "All production traffic is on revision 2. ECS has not completed the deployment (it bakes 600 min)"
                                + " and may still roll it back; nobody waits for that (ecs.waitFor=traffic).");
        told.clear();

        assertThat(rollBack(true)).isEqualTo("Rolled back: revision 1 runs again.");
        assertThat(served()).isEqualTo("one");
        assertThat(told.planned)
                .containsExactly("Rollback of orders in uat: revision 2 -> 1 (the last that completed)");
        assertThat(calls).contains("StopServiceDeployment");
        assertThat(calls).filteredOn("UpdateService"::equals).hasSize(1);
    }

    @Test
    void rollBackWhenNobodyWaitsStopsTheDeploymentAllTheSame() throws Exception {
        runs(blueGreen(600));
        run("registry/orders", TWO, WaitFor.traffic, Duration.ofMinutes(15));

        assertThat(rollBack(false)).startsWith("Rollback to revision 1 started");
        sandbox.moveOn(Duration.ofSeconds(5));
        assertThat(served()).isEqualTo("one");
        assertThat(calls).filteredOn("UpdateService"::equals).hasSize(1);
    }

    @Test
    void rollBackWhenItHasCompletedIsDoneWithTheTraffic() throws Exception {
        runs(blueGreen(1));
        run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(15));

        Instant begun = time.instant();
        assertThat(rollBack(true)).startsWith("Rolled back: revision 1 runs again, after");
        assertThat(served()).isEqualTo("one");
        assertThat(Duration.between(begun, time.instant())).isLessThan(Duration.ofSeconds(30));
        assertThat(calls).doesNotContain("StopServiceDeployment");
    }

    @Test
    void completeWhenTheWaitIsTooShortChangesNothing() throws Exception {
        runs(blueGreen(30));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(15)));

        assertThat(problem.next()).startsWith("set ecs.timeout=45m, or ecs.waitFor=traffic");
        assertThat(calls).doesNotContain("RegisterTaskDefinition", "UpdateService");
    }

    @Test
    void preflightWhenTheWaitIsTooShortRefusesItAsEarly() throws Exception {
        runs(blueGreen(30));
        CheckService check = new CheckService(apis());
        Optional<String> container = Optional.of("orders");
        assertThatThrownBy(() -> check.run("uat", "orders", container, "registry/orders", Wanted.NOTHING, waiting(15)))
                .hasMessageContaining("can't be at its end within ecs.timeout");
        assertThat(check.run("uat", "orders", container, "registry/orders", Wanted.NOTHING, waiting(60)))
                .isEqualTo("container orders, blue/green, bakes 30 min");
    }

    private static Optional<RolloutRequest.Wait> waiting(int minutes) {
        return Optional.of(new RolloutRequest.Wait(WaitFor.complete, Duration.ofMinutes(minutes)));
    }

    @Test
    void createWhenTheLoadBalancerHasNoSecondTargetGroupIsRefusedAsByEcs() {
        ContainerDefinition container = ContainerDefinition.builder()
                .name("orders")
                .image("x")
                .memory(128)
                .build();
        ecs.registerTaskDefinition(r -> r.family("orders").containerDefinitions(container));
        LoadBalancer balancer = LoadBalancer.builder()
                .targetGroupArn("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/1")
                .containerName("orders")
                .containerPort(8080)
                .build();
        assertThatThrownBy(() -> ecs.createService(s -> s.cluster("uat")
                        .serviceName("orders")
                        .taskDefinition("orders")
                        .loadBalancers(balancer)
                        .deploymentConfiguration(blueGreen(1))))
                .hasMessageContaining("advancedConfiguration field is required for all loadBalancers when using a"
                        + " non-ROLLING deployment strategy");
    }

    @Test
    void completeWhenLinearTellsTheStepsAndDividesTheRequests() throws Exception {
        runs(to -> to.strategy(DeploymentStrategy.LINEAR)
                .bakeTimeInMinutes(0)
                .linearConfiguration(step -> step.stepPercent(25.0).stepBakeTimeInMinutes(1)));
        Rollout rollout = run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(15));

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(stages())
                .containsSubsequence(
                        "production traffic 25 %, the next step in 1 min",
                        "production traffic 25 %, the next step in 10 s",
                        "production traffic 50 %, the next step in 1 min",
                        "production traffic 75 %, the next step in 1 min");
        assertThat(told.changes()).doesNotHaveDuplicates();
        assertThat(answers.indexOf("two")).isLessThan(answers.lastIndexOf("one"));
        assertThat(served()).isEqualTo("two");
    }

    @Test
    void completeWhenANewTaskCrashesEcsRollsBackAndNobodyNotices() throws Exception {
        runs(blueGreen(1)
                .andThen(to -> to.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
        RolloutFailed failed = fails("registry/crash");

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().what())
                .isEqualTo("ECS rolled orders in uat back to revision 1: the new tasks start and end again.");
        assertThat(answers).containsOnly("one");
    }

    @Test
    void completeWhenANewTaskCrashesWithoutBreakerThePluginStopsTheDeployment() throws Exception {
        runs(blueGreen(1));
        RolloutFailed failed = fails("registry/crash");

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text()).contains("Rolled back: revision 1 runs again.");
        assertThat(calls).contains("StopServiceDeployment");
        assertThat(calls).filteredOn("UpdateService"::equals).hasSize(1);
        assertThat(answers).containsOnly("one");
    }

    @Test
    void completeWhenAHookFailsSaysWhichAndWhatToDo() throws Exception {
        runs(blueGreen(1)
                .andThen(to -> to.lifecycleHooks(DeploymentLifecycleHook.builder()
                        .hookTargetArn(HOOK)
                        .roleArn("arn:aws:iam::123456789012:role/hook")
                        .lifecycleStages(DeploymentLifecycleHookStage.POST_PRODUCTION_TRAFFIC_SHIFT)
                        .build())));
        sandbox.order("{\"fault\": \"hook\", \"service\": \"orders\", \"stage\": \"POST_PRODUCTION_TRAFFIC_SHIFT\"}");
        RolloutFailed failed = fails("registry/orders");

        assertThat(told.planned).first().asString().endsWith("blue/green, bakes 1 min, 1 hook");
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text())
                .startsWith("ECS rolled orders in uat back to revision 1: a lifecycle hook refused the new version.")
                .contains("POST_PRODUCTION_TRAFFIC_SHIFT lifecycle hook(s) failed. Lifecycle hook target " + HOOK)
                .contains("Next: read the function's log.");
        assertThat(served()).isEqualTo("one");
    }

    @Test
    void completeWhenTheStagesMayNotBeReadStillKnowsTheEnd() throws Exception {
        runs(blueGreen(1));
        sandbox.order("{\"fault\": \"deny\", \"action\": \"DescribeServiceDeployments\"}");
        assertThat(run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(15))
                        .outcome())
                .isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void completeWhenItRollsAsksForNoStages() throws Exception {
        runs(to -> to.strategy(DeploymentStrategy.ROLLING));
        assertThat(run("registry/orders", TWO, WaitFor.complete, Duration.ofMinutes(1))
                        .outcome())
                .isEqualTo(Outcome.COMPLETED);
        assertThat(calls).doesNotContain("DescribeServiceDeployments");
    }

    private static Consumer<DeploymentConfiguration.Builder> blueGreen(int bake) {
        return to -> to.strategy(DeploymentStrategy.BLUE_GREEN).bakeTimeInMinutes(bake);
    }

    /** The service, two tasks of the first image. */
    private void runs(Consumer<DeploymentConfiguration.Builder> configuration) throws Exception {
        PortMapping port = PortMapping.builder().containerPort(8080).build();
        ContainerDefinition container = ContainerDefinition.builder()
                .name("orders")
                .image("registry/orders@" + ONE)
                .memory(128)
                .portMappings(port)
                .build();
        ecs.registerTaskDefinition(r -> r.family("orders").containerDefinitions(container));
        ecs.createService(s -> s.cluster("uat")
                .serviceName("orders")
                .taskDefinition("orders")
                .desiredCount(2)
                .deploymentConfiguration(configuration));
        sandbox.moveOn(Duration.ofSeconds(10));
        url = URI.create(ecs.listTagsForResource(r -> r.resourceArn(arn())).tags().stream()
                .filter(tag -> tag.key().equals("ecs.url"))
                .findFirst()
                .orElseThrow()
                .value());
        assertThat(served()).isEqualTo("one");
        calls.clear();
    }

    private String arn() {
        return ecs.describeServices(d -> d.cluster("uat").services("orders"))
                .services()
                .get(0)
                .serviceArn();
    }

    private RolloutFailed fails(String image) {
        return catchThrowableOfType(
                RolloutFailed.class, () -> run(image, TWO, WaitFor.complete, Duration.ofMinutes(15)));
    }

    private Rollout run(String image, Digest digest, WaitFor waitFor, Duration timeout) throws RolloutFailed {
        return Orders.run(
                new RedeployService(apis(), told, time, this::pass),
                new RolloutRequest(
                        "uat",
                        "orders",
                        image + "@" + digest,
                        digest,
                        Set.of(),
                        Optional.of("orders"),
                        Mode.revision,
                        true,
                        waitFor,
                        timeout,
                        true,
                        false,
                        Optional.empty(),
                        Wanted.NOTHING));
    }

    private String rollBack(boolean await) throws InterruptedException {
        return new RollBackService(apis(), told, time, this::pass)
                .run(
                        new RollBackRequest(
                                "uat",
                                "orders",
                                Optional.empty(),
                                await,
                                Duration.ofMinutes(15),
                                false,
                                Wanted.CodeDeploy.USUAL),
                        record -> {});
    }

    private RolloutApis apis() {
        return new RolloutApis(ecs, new DescribeTogether(), () -> null, () -> null, () -> null, false);
    }

    /** The plugin sleeps: time passes at the sandbox, and a client calls the service again and again. */
    private void pass(Duration pause) {
        for (long left = pause.toMillis(); left > 0; left -= 400) {
            sandbox.moveOn(Duration.ofMillis(400));
            answers.add(served());
        }
    }

    private String served() {
        try {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body().endsWith(ONE.value()) ? "one" : "two";
        } catch (Exception broken) {
            throw new AssertionError("The service does not answer.", broken);
        }
    }

    /** What the progress lines tell behind the counts. */
    private List<String> stages() {
        return told.changes().stream()
                .map(state -> state.replaceFirst(".*old \\d+/\\d+( \\([^)]*\\))?", ""))
                .filter(words -> words.startsWith(", "))
                .map(words -> words.substring(2))
                .toList();
    }

    private final class Count implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            calls.add(context.request().getClass().getSimpleName().replaceFirst("Request$", ""));
        }
    }
}
