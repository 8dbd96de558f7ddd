package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.LocalEngine;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Task;

/** The scheduler over real containers, spoken to through the AWS SDK. */
@Execution(ExecutionMode.CONCURRENT)
class EcsIT {
    private static final StoredImages IMAGES = new StoredImages() {
        @Override
        public Optional<String> digest(String image) {
            if (image.contains("/missing:")) {
                throw new AwsError("ImageNotFoundException", 400, "no such image");
            }
            return Optional.empty();
        }

        @Override
        public Optional<StoredImage> resolve(String image, Supplier<Platform> platform) {
            if (image.contains("/elsewhere:")) {
                throw new AwsError(
                        NO_PLATFORM,
                        400,
                        "image Manifest does not contain descriptor matching platform '"
                                + platform.get().os() + "/any'");
            }
            return digest(image).map(none -> {
                throw new AssertionError("nothing is stored");
            });
        }
    };

    @TempDir
    Path home;

    private final Faults faults = new Faults();
    private Ecs ecs;
    private WireServer server;
    private EcsClient client;

    @BeforeAll
    static void image() throws IOException {
        TestImage.build();
    }

    @AfterAll
    static void removeImage() {
        TestImage.remove();
    }

    @BeforeEach
    void open() throws IOException {
        DockerEngine engine = new DockerEngine(LocalEngine.address());
        ecs = new Ecs(home, Ecs.homeId(home), IMAGES, engine, Clock.systemUTC(), faults).start();
        server = new WireServer(ecs.apis(), 0);
        client = EcsClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
        ecs.stop(true);
    }

    @Test
    void updateServiceWhenNewVersionIsGoodRollsWithoutFailedRequest() throws Exception {
        createService("1", 2);
        URI url = url();
        assertThat(get(url)).isEqualTo("200 1");

        try (Load load = new Load(url)) {
            deploy(define("2", TestImage.NAME, null));
            awaitCompleted();
            assertThat(get(url)).isEqualTo("200 2");
            load.end();
            assertThat(load.failures).isEmpty();
            assertThat(load.answers).hasValueGreaterThan(10);
        }
        assertThat(service().deployments()).hasSize(1);
    }

    @Test
    void updateServiceWhenNewVersionCrashesRollsBackAndOldOneServes() throws Exception {
        createService("1", 1);
        URI url = url();
        try (Load load = new Load(url)) {
            String bad = deploy(define("2", TestImage.NAME, "3"));
            awaitStatus(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
            load.end();
            assertThat(load.failures).isEmpty();
            List<Task> stopped = stopped(bad);
            assertThat(stopped).hasSize(3);
            until(() -> stopped(bad).stream().allMatch(task -> task.lastStatus().equals("STOPPED")));
            Task task = stopped(bad).get(0);
            assertThat(task.stoppedReason()).isEqualTo("Essential container in task exited");
            assertThat(task.stopCodeAsString()).isEqualTo("EssentialContainerExited");
            assertThat(task.containers().get(0).exitCode()).isEqualTo(3);
        }
        assertThat(get(url)).isEqualTo("200 1");
    }

    @ParameterizedTest
    @CsvSource({
        "missing, failed to resolve ref registry.test/missing:1: not found",
        "elsewhere, image Manifest does not contain descriptor matching platform 'linux/any'",
    })
    void updateServiceWhenImageIsMissingRollsBack(String repository, String why) throws Exception {
        createService("1", 1);
        String bad = deploy(define("2", "registry.test/" + repository + ":1", null));
        awaitStatus(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);

        Task task = stopped(bad).get(0);
        assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
        assertThat(task.stoppedReason())
                .isEqualTo("CannotPullContainerError: pull image manifest has been retried 1 time(s): " + why);
        assertThat(service().events())
                .anyMatch(event -> event.message().contains("was unable to place a task. Reason: CannotPull"));
    }

    @Test
    void updateServiceWhenTasksFindNoPlaceSaysSoAndGoesOnLater() throws Exception {
        createService("1", 1);
        order("{\"fault\": \"placement\", \"service\": \"web\", \"reason\": \"memory\", \"count\": 2}");
        deploy(define("2", TestImage.NAME, null));
        until(() -> events().contains(
                        "(service web) was unable to place a task because no container instance met all of its"
                                + " requirements. The closest matching (container-instance"
                                + " 3f4de1c5ffdd4954a0f5b1d0f3c4a5e6) has insufficient memory available. For more"
                                + " information, see the Troubleshooting section of the Amazon ECS Developer Guide."));
        assertThat(service().pendingCount()).isZero();
        assertThat(service().runningCount()).isEqualTo(1);
        awaitCompleted();
        assertThat(get(url())).isEqualTo("200 2");
    }

    @ParameterizedTest
    @CsvSource({
        "elb, Task failed ELB health checks in (target-group ecs-sandbox-web)",
        "container, Task failed container health checks",
    })
    void updateServiceWhenHealthChecksFailRollsBack(String check, String reason) throws Exception {
        createService("1", 1);
        URI url = url();
        order("{\"fault\": \"health\", \"check\": \"" + check + "\", \"count\": 3}");
        try (Load load = new Load(url)) {
            String bad = deploy(define("2", TestImage.NAME, null));
            awaitStatus(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
            load.end();
            assertThat(load.failures).isEmpty();
            assertThat(stopped(bad)).extracting(Task::stoppedReason).hasSize(3).containsOnly(reason);
        }
    }

    @Test
    void targetHealthWhenCodeIsWrongThenRightTellsIt() throws Exception {
        String group = elb(
                        "CreateTargetGroup",
                        Map.of("Name", "web", "HealthCheckPath", "/health", "HealthCheckIntervalSeconds", "5"))
                .at("/TargetGroups/0/TargetGroupArn")
                .asText();
        client.createCluster(request -> request.clusterName("uat"));
        LoadBalancer balancer = LoadBalancer.builder()
                .targetGroupArn(group)
                .containerName("web")
                .containerPort(8080)
                .build();
        String sick = define("1", TestImage.NAME, null, Map.of("HEALTH", "503"));
        client.createService(request -> request.cluster("uat")
                .serviceName("web")
                .taskDefinition(sick)
                .desiredCount(1)
                .loadBalancers(balancer));
        until(() -> target(group).equals("initial Elb.InitialHealthChecking Initial health checks in progress"));
        until(() -> events().stream()
                .anyMatch(event -> event.matches("\\(service web\\) \\(task [0-9a-f]{32}\\) \\(instance i-[0-9a-f]+\\)"
                        + " \\(port \\d+\\) is unhealthy in \\(target-group " + group + "\\) due to \\(reason Health"
                        + " checks failed with these codes: \\[503\\]\\)")));
        assertThat(events()).contains("(service web) registered 1 targets in (target-group " + group + ")");

        String good = deploy(define("2", TestImage.NAME, null, Map.of()));
        awaitCompleted();
        assertThat(target(group)).isEqualTo("healthy  ");
        assertThat(get(url())).isEqualTo("200 2");
        deploy(define("3", TestImage.NAME, null, Map.of()));
        awaitCompleted();
        assertThat(events())
                .contains(
                        "(service web) deregistered 1 targets in (target-group " + group + ")",
                        "(service web, taskSet " + good + ") has begun draining connections on 1 tasks.");
    }

    @Test
    void startWhenProcessWasKilledAdoptsWhatRuns() throws Exception {
        createService("1", 1);
        URI url = url();
        String task = running().get(0);
        server.close();
        ecs.close();

        open();
        until(() -> quietGet(url).equals("200 1"));
        assertThat(running()).containsExactly(task);
        assertThat(service().runningCount()).isEqualTo(1);
        assertThat(url()).isEqualTo(url);
    }

    // ---- what the tests say to the sandbox

    private void createService(String version, int desired) throws Exception {
        client.createCluster(request -> request.clusterName("uat"));
        String definition = define(version, TestImage.NAME, null);
        client.createService(request -> request.cluster("uat")
                .serviceName("web")
                .taskDefinition(definition)
                .desiredCount(desired)
                .deploymentConfiguration(rules -> rules.deploymentCircuitBreaker(
                        breaker -> breaker.enable(true).rollback(true))));
        awaitCompleted();
    }

    private void order(String fault) throws IOException {
        faults.order(new ObjectMapper().readTree(fault));
    }

    private JsonNode elb(String action, Map<String, String> parameters) {
        return ecs.elb().handle(action, parameters, new Caller("123456789012", "us-east-1"));
    }

    /** State, reason and description of the last target. */
    private String target(String group) {
        JsonNode all =
                elb("DescribeTargetHealth", Map.of("TargetGroupArn", group)).path("TargetHealthDescriptions");
        JsonNode health = all.path(all.size() - 1).path("TargetHealth");
        return health.path("State").asText("") + " " + health.path("Reason").asText("") + " "
                + health.path("Description").asText("");
    }

    private List<String> events() {
        return service().events().stream().map(ServiceEvent::message).toList();
    }

    private String define(String version, String image, String crash) {
        return define(version, image, crash, Map.of());
    }

    private String define(String version, String image, String crash, Map<String, String> more) {
        List<KeyValuePair> environment = new ArrayList<>();
        more.forEach((name, value) ->
                environment.add(KeyValuePair.builder().name(name).value(value).build()));
        environment.add(KeyValuePair.builder().name("VERSION").value(version).build());
        if (crash != null) {
            environment.add(KeyValuePair.builder().name("CRASH").value(crash).build());
        }
        PortMapping port = PortMapping.builder().containerPort(8080).build();
        ContainerDefinition container = ContainerDefinition.builder()
                .name("web")
                .image(image)
                .memory(128)
                .stopTimeout(5)
                .environment(environment)
                .portMappings(port)
                .build();
        return client.registerTaskDefinition(request -> request.family("web").containerDefinitions(container))
                .taskDefinition()
                .taskDefinitionArn();
    }

    private String deploy(String definition) {
        return client.updateService(
                        request -> request.cluster("uat").service("web").taskDefinition(definition))
                .service()
                .deployments()
                .get(0)
                .id();
    }

    private Service service() {
        return client.describeServices(
                        request -> request.cluster("uat").services("web").include(ServiceField.TAGS))
                .services()
                .get(0);
    }

    private URI url() {
        return service().tags().stream()
                .filter(tag -> tag.key().equals("ecs.url"))
                .map(tag -> URI.create(tag.value()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> running() {
        return client.listTasks(request -> request.cluster("uat").serviceName("web"))
                .taskArns();
    }

    private List<Task> stopped(String deployment) {
        List<String> arns = client.listTasks(
                        request -> request.cluster("uat").startedBy(deployment).desiredStatus("STOPPED"))
                .taskArns();
        return client.describeTasks(request -> request.cluster("uat").tasks(arns))
                .tasks();
    }

    private void awaitCompleted() throws InterruptedException {
        until(() -> service().deployments().get(0).rolloutState() == DeploymentRolloutState.COMPLETED);
    }

    private void awaitStatus(ServiceDeploymentStatus status) throws InterruptedException {
        until(() ->
                client.listServiceDeployments(request -> request.cluster("uat").service("web"))
                                .serviceDeployments()
                                .get(0)
                                .status()
                        == status);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static String get(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static String quietGet(URI url) {
        try {
            return get(url);
        } catch (IOException | InterruptedException error) {
            return String.valueOf(error);
        }
    }

    /** Asks all the time, and keeps what was not answered with 200. */
    private static final class Load implements AutoCloseable {
        final List<String> failures = new ArrayList<>();
        final AtomicInteger answers = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;

        Load(URI url) {
            thread = new Thread(() -> {
                while (!ended.get()) {
                    String answer = quietGet(url);
                    answers.incrementAndGet();
                    if (!answer.startsWith("200")) {
                        failures.add(answer);
                    }
                }
            });
            thread.start();
        }

        void end() throws InterruptedException {
            ended.set(true);
            thread.join();
        }

        @Override
        public void close() {
            ended.set(true);
        }
    }
}
