package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Customer;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.ecs.ScriptedEcs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The service orders in uat, deployed by CodeDeploy in the sandbox with scripted tasks: two tasks of revision 1 run. A customer
 * calls it throughout.
 */
final class Shop implements AutoCloseable {
    static final Digest OLD = new Digest("sha256:" + "0a".repeat(32));
    static final Digest NEW = new Digest("sha256:" + "1b".repeat(32));

    final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T10:00:00Z"));
    final Told told = new Told();
    final ScriptedEcs scripted;
    final EcsClient ecs;
    final CodeDeployClient codeDeploy;
    /** Whether it is asked as the sandbox on this machine is, which has no rate. */
    boolean local = true;

    /** For rollouts that last long: so many times as fast. */
    int haste = 1;

    /** Done when the watch waits the next time. */
    private final List<Runnable> meanwhile = new ArrayList<>();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Customer customer;
    private final List<Instant> calledAt = new CopyOnWriteArrayList<>();
    private final List<SdkAutoCloseable> open = new ArrayList<>();

    Shop(Path home) throws IOException {
        this(home, group -> group);
    }

    Shop(Path home, UnaryOperator<CreateDeploymentGroupRequest.Builder> change) throws IOException {
        scripted = new ScriptedEcs(home, clock);
        ecs = built(EcsClient.builder());
        codeDeploy = built(CodeDeployClient.builder());
        ecs.createCluster(c -> c.clusterName("uat"));
        String arn = ecs.registerTaskDefinition(d -> d.family("orders")
                        .containerDefinitions(ContainerDefinition.builder()
                                .name("app")
                                .image(image(OLD))
                                .memory(512)
                                .portMappings(PortMapping.builder()
                                        .containerPort(8080)
                                        .build())
                                .build()))
                .taskDefinition()
                .taskDefinitionArn();
        ecs.createService(s -> s.cluster("uat")
                .serviceName("orders")
                .taskDefinition(arn)
                .desiredCount(2)
                .deploymentController(c -> c.type("CODE_DEPLOY"))
                .loadBalancers(LoadBalancer.builder()
                        .containerName("app")
                        .containerPort(8080)
                        .build()));
        codeDeploy.createApplication(a -> a.applicationName("AppECS-uat-orders").computePlatform(ComputePlatform.ECS));
        codeDeploy.createDeploymentGroup(change.apply(CreateDeploymentGroupRequest.builder()
                        .applicationName("AppECS-uat-orders")
                        .deploymentGroupName("DgpECS-uat-orders")
                        .serviceRoleArn("arn:aws:iam::123456789012:role/ecsCodeDeployRole")
                        .ecsServices(ECSService.builder()
                                .clusterName("uat")
                                .serviceName("orders")
                                .build())
                        .blueGreenDeploymentConfiguration(b -> b.deploymentReadyOption(
                                        r -> r.actionOnTimeout(DeploymentReadyAction.CONTINUE_DEPLOYMENT)
                                                .waitTimeInMinutes(0))
                                .terminateBlueInstancesOnDeploymentSuccess(
                                        t -> t.action(InstanceAction.TERMINATE).terminationWaitTimeInMinutes(0))))
                .build());
        scripted.moveOn(Duration.ofSeconds(2));
        customer = new Customer(url());
        calls.clear();
        calledAt.clear();
    }

    private URI url() {
        return URI.create(
                ecs.listTagsForResource(ask -> ask.resourceArn(service().serviceArn())).tags().stream()
                        .filter(tag -> tag.key().equals("ecs.url"))
                        .findFirst()
                        .orElseThrow()
                        .value());
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C extends SdkAutoCloseable> C built(
            B builder) {
        C client = builder.endpointOverride(scripted.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(new Count()))
                .build();
        open.add(client);
        return client;
    }

    private final class Count implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            calledAt.add(clock.instant());
            calls.add(context.request().getClass().getSimpleName().replaceFirst("Request$", ""));
        }
    }

    static String image(Digest digest) {
        return "registry/orders@" + digest;
    }

    RolloutApis apis() {
        CloudWatchLogsClient logs = built(CloudWatchLogsClient.builder());
        ElasticLoadBalancingV2Client balancers = built(ElasticLoadBalancingV2Client.builder());
        return new RolloutApis(ecs, new DescribeTogether(), () -> logs, () -> balancers, () -> codeDeploy, local);
    }

    /** What a build asks for; usually a new revision, waited for. */
    static final class Ask {
        private String repository = "orders";
        private Digest digest = NEW;
        private Mode mode = Mode.revision;
        private boolean await = true;
        private WaitFor waitFor = WaitFor.complete;
        private Duration timeout = Duration.ofMinutes(15);
        private boolean rollback = true;
        private boolean dryRun;
        private Wanted wanted = Wanted.NOTHING;

        /** {@code orders-crash}, {@code orders-hangs} */
        Ask repository(String name) {
            repository = name;
            return this;
        }

        Ask digest(Digest other) {
            digest = other;
            return this;
        }

        Ask restart() {
            mode = Mode.restart;
            return this;
        }

        Ask withoutWait() {
            await = false;
            return this;
        }

        Ask traffic() {
            waitFor = WaitFor.traffic;
            return this;
        }

        Ask timeout(Duration other) {
            timeout = other;
            return this;
        }

        Ask withoutRollback() {
            rollback = false;
            return this;
        }

        Ask codeDeploy(String application, String group) {
            wanted = new Wanted(
                    Optional.empty(),
                    TaskChanges.NONE,
                    Optional.empty(),
                    new Wanted.CodeDeploy(Optional.of(application), Optional.of(group), Optional.empty()));
            return this;
        }

        Ask dryRun() {
            dryRun = true;
            return this;
        }

        private RolloutRequest request() {
            return new RolloutRequest(
                    "uat",
                    "orders",
                    "registry/" + repository + "@" + digest,
                    digest,
                    Set.of(),
                    Optional.empty(),
                    mode,
                    await,
                    waitFor,
                    timeout,
                    rollback,
                    dryRun,
                    Optional.empty(),
                    wanted);
        }
    }

    static Ask ask() {
        return new Ask();
    }

    /** At the next pause of the watch, once. */
    void meanwhile(Runnable action) {
        meanwhile.add(action);
    }

    Rollout run(Ask ask) throws RolloutFailed {
        return Orders.run(new RedeployService(apis(), told, clock, this::pass), ask.request());
    }

    private void pass(Duration time) {
        List<Runnable> due = List.copyOf(meanwhile);
        meanwhile.clear();
        due.forEach(Runnable::run);
        scripted.moveOn(time.multipliedBy(haste), Duration.ofMillis(100L * haste));
    }

    RolloutFailed fails(Ask ask) {
        return catchThrowableOfType(RolloutFailed.class, () -> run(ask));
    }

    Problem problem(Ask ask) {
        return catchThrowableOfType(Problem.class, () -> run(ask));
    }

    String rollBack(Optional<String> to) throws InterruptedException {
        return new RollBackService(apis(), told, clock, this::pass)
                .run(
                        new RollBackRequest(
                                "uat", "orders", to, true, Duration.ofMinutes(15), false, Wanted.CodeDeploy.USUAL),
                        record -> {});
    }

    Service service() {
        return ecs.describeServices(ask -> ask.cluster("uat").services("orders"))
                .services()
                .get(0);
    }

    /** {@code PRIMARY 2} */
    List<String> sets() {
        return service().taskSets().stream()
                .map(set -> set.status() + " " + Arns.revisionNumber(set.taskDefinition()) + " " + set.runningCount())
                .toList();
    }

    List<String> calls() {
        return calls;
    }

    long busiestMinute() {
        return CallsAMinuteTest.busiest(calledAt);
    }

    /** Whatever the rollout came to, no call of the customer has failed. */
    @Override
    public void close() {
        customer.close();
        for (SdkAutoCloseable one : open) {
            one.close();
        }
        scripted.close();
        assertThat(customer.failures).as("what the customer met").isEmpty();
    }
}
