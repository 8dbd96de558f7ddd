package io.github.ecsmaven.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.github.ecsmaven.Customer;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.ecr.CheckRepository;
import io.github.ecsmaven.ecr.ImageTag;
import io.github.ecsmaven.ecr.PushImage;
import io.github.ecsmaven.ecr.PushRequest;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.CheckService;
import io.github.ecsmaven.ecs.DescribeTogether;
import io.github.ecsmaven.ecs.RedeployServices;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutApis;
import io.github.ecsmaven.ecs.RolloutLog;
import io.github.ecsmaven.ecs.RolloutRequest;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.LocalAws;
import io.github.ecsmaven.sandbox.engine.ScriptedEngine.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/**
 * The service orders in cluster uat at a local AWS, which runs its first version; the build that deploys the next; and a customer
 * who calls the service throughout, and whom nothing of that may hurt.
 */
final class Shop implements AutoCloseable {
    static final Digest OLD = digest("01");
    static final Digest NEW = digest("02");
    static final String EXPIRED = "{'fault': 'error', 'status': 400, 'code': 'ExpiredTokenException',"
            + " 'message': 'The security token included in the request is expired'}";
    static final String ROLE = "arn:aws:iam::" + LocalAws.ACCOUNT + ":role/orders";

    private static final String GROUP = "arn:aws:elasticloadbalancing:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT
            + ":targetgroup/orders/6d0ecf831eec9f09";

    final LocalAws aws;
    final AwsClients clients;
    Heard heard = new Heard();
    /** In the place of what is heard. */
    Optional<RolloutLog> log = Optional.empty();

    Clock clock = Clock.systemUTC();
    Sleeper sleeper = pause -> Thread.sleep(pause.toMillis());
    Duration timeout = Duration.ofSeconds(20);

    /** What pushes waited for, without waiting. */
    final List<Duration> pushPauses = new ArrayList<>();

    private final Path folder;
    private final URI url;
    private final Customer customer;
    private int builds;

    /** @param breaker whether ECS's circuit breaker is on, with rollback */
    Shop(Path folder, boolean breaker) throws Exception {
        this.folder = folder;
        aws = new LocalAws(Files.createDirectories(folder.resolve("sandbox")));
        clients = aws.clients();
        clients.ecr().createRepository(r -> r.repositoryName("orders"));
        ecs().createCluster(c -> c.clusterName("uat"));
        String first = register(OLD);
        ecs().createService(s -> s.cluster("uat")
                .serviceName("orders")
                .taskDefinition(first)
                .desiredCount(3)
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn(GROUP)
                        .containerName("app")
                        .containerPort(8080)
                        .build())
                .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(breaker).rollback(breaker))));
        await(() -> completed(service()));
        url = url();
        customer = new Customer(url);
    }

    static Digest digest(String byteInHex) {
        return new Digest("sha256:" + byteInHex.repeat(32));
    }

    static String image(Digest digest) {
        return "registry.test/orders@" + digest;
    }

    EcsClient ecs() {
        return clients.ecs();
    }

    String register(Digest digest) {
        ContainerDefinition app = ContainerDefinition.builder()
                .name("app")
                .image(image(digest))
                .memory(128)
                .portMappings(PortMapping.builder().containerPort(8080).build())
                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group", "/ecs/orders",
                                "awslogs-region", LocalAws.REGION,
                                "awslogs-stream-prefix", "ecs")))
                .build();
        return ecs().registerTaskDefinition(
                        t -> t.family("orders").executionRoleArn(ROLE).containerDefinitions(app))
                .taskDefinition()
                .taskDefinitionArn();
    }

    Service service() {
        return ecs().describeServices(d -> d.cluster("uat").services("orders").include(ServiceField.TAGS))
                .services()
                .get(0);
    }

    static boolean completed(Service service) {
        return service.deployments().size() == 1
                && service.deployments().get(0).rolloutState() == DeploymentRolloutState.COMPLETED;
    }

    private URI url() {
        return URI.create(service().tags().stream()
                .filter(tag -> tag.key().equals("ecs.url"))
                .findFirst()
                .orElseThrow()
                .value());
    }

    /** Before what no service survives. */
    void customerLeaves() {
        customer.close();
    }

    /** In every case the old version serves until the new one does: looked at when the shop is closed, too. */
    void customerIsServed() {
        assertThat(customer.failures).as("what the customer met").isEmpty();
    }

    /** What a client of the service is answered: the image that serves. */
    String served() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "status " + answer.statusCode();
        } catch (IOException error) {
            return error.toString();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return stopped.toString();
        }
    }

    /** Revision of the service's task definition, and ids of its deployments. */
    String state() {
        Service now = service();
        return now.taskDefinition() + " "
                + now.deployments().stream().map(Deployment::id).toList();
    }

    int revisions() {
        return ecs().listTaskDefinitions(l -> l.familyPrefix("orders"))
                .taskDefinitionArns()
                .size();
    }

    // ---- the build

    void preflight() {
        String image = new CheckRepository(clients.ecr()).run("orders", false, false);
        new CheckService(apis(clients, clients.ecs()))
                .run("uat", "orders", Optional.empty(), image, Wanted.NOTHING, Optional.empty());
    }

    PushedImage push() throws Exception {
        return push(clients.ecr());
    }

    /** Each time another image. */
    PushedImage push(EcrClient ecr) throws Exception {
        Path file = Files.writeString(folder.resolve("orders.txt"), "orders " + ++builds);
        JibContainerBuilder image = Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                .setEntrypoint("/orders");
        Digest built = new Digest(image.containerize(Containerizer.to(
                                TarImage.at(folder.resolve("orders.tar")).named("orders"))
                        .setToolName(ImageTool.NAME)
                        .setToolVersion(ImageTool.VERSION)
                        .setBaseImageLayersCache(folder.resolve("base"))
                        .setApplicationLayersCache(folder.resolve("cache")))
                .getDigest()
                .toString());
        PushRequest request = new PushRequest(
                new PushRequest.Tested(built, List.of(new PushRequest.Image(built, image)), Optional.empty()),
                "orders",
                Optional.empty(),
                Optional.empty(),
                List.of(ImageTag.literal("1." + builds)),
                Optional.empty(),
                Optional.empty(),
                false,
                folder.resolve("base"),
                folder.resolve("cache"));
        System.setProperty("sendCredentialsOverHttp", "true");
        try {
            return new PushImage(() -> ecr, heard, clock, pushPauses::add).run(request);
        } finally {
            System.clearProperty("sendCredentialsOverHttp");
        }
    }

    RolloutRequest request(String image, Digest digest) {
        return request("orders", image, digest);
    }

    RolloutRequest request(String service, String image, Digest digest) {
        return new RolloutRequest(
                "uat",
                service,
                image,
                digest,
                Set.of(),
                Optional.empty(),
                RolloutRequest.Mode.revision,
                true,
                WaitFor.complete,
                timeout,
                true,
                false,
                Optional.empty(),
                Wanted.NOTHING);
    }

    static RolloutRequest wanting(Wanted wanted, RolloutRequest request) {
        return with(request.await(), wanted, request);
    }

    static RolloutRequest rollingBack(boolean rollback, RolloutRequest request) {
        return with(request.await(), rollback, request.wanted(), request);
    }

    private static RolloutRequest with(boolean await, Wanted wanted, RolloutRequest request) {
        return with(await, request.rollback(), wanted, request);
    }

    private static RolloutRequest with(boolean await, boolean rollback, Wanted wanted, RolloutRequest request) {
        return new RolloutRequest(
                request.cluster(),
                request.service(),
                request.image(),
                request.digest(),
                request.platforms(),
                request.containerName(),
                request.mode(),
                await,
                request.waitFor(),
                request.timeout(),
                rollback,
                request.dryRun(),
                request.whenMissing(),
                wanted);
    }

    Rollout redeploy(Digest digest) {
        return redeploy(clients, request(image(digest), digest));
    }

    Rollout redeploy(AwsClients as, RolloutRequest request) {
        return redeploy(as.ecs(), request);
    }

    /** @param ecs asked in the place of the clients' own */
    static RolloutApis apis(AwsClients clients, EcsClient ecs) {
        return new RolloutApis(
                ecs, new DescribeTogether(), clients::logs, clients::balancers, clients::codeDeploy, true);
    }

    Rollout redeploy(EcsClient ecs, RolloutRequest request) {
        Ended ended = new Ended();
        new RedeployServices(apis(clients, ecs), name -> log.orElse(heard), clock, sleeper)
                .begin(List.of(request), ended)
                .follow();
        assertThat(ended.rollouts).hasSize(1);
        return ended.rollouts.get(0);
    }

    /** What a user reads of a deploy that fails. */
    Problem failure(Digest digest) {
        return catchThrowableOfType(Problem.class, () -> redeploy(digest));
    }

    /** All that {@code mvn deploy} does at AWS. */
    Rollout deploy() throws Exception {
        preflight();
        PushedImage pushed = push();
        return redeploy(clients, request(pushed.pinned(), pushed.digest()));
    }

    /** Begins a rollout and is gone, as a build that is killed while it watches. */
    Rollout begin(Digest digest) {
        RolloutRequest watched = request(image(digest), digest);
        return redeploy(clients, with(false, watched.wanted(), watched));
    }

    /** Does something while the next rollout is watched, after the first look. */
    void meanwhile(Runnable deed) {
        AtomicBoolean done = new AtomicBoolean();
        Sleeper plain = sleeper;
        sleeper = pause -> {
            if (!done.getAndSet(true)) {
                deed.run();
            }
            plain.sleep(pause);
        };
    }

    /** No new task finds a place, so that a rollout stays under way until the faults are mended. */
    void full() {
        aws.order("{'fault': 'placement', 'service': 'orders', 'reason': 'capacity'}");
    }

    /** The next watch lives twenty times as fast as the service. */
    void hurry() {
        hurry(20);
    }

    void hurry(int times) {
        VirtualClock quick = new VirtualClock(clock.instant());
        clock = quick;
        sleeper = pause -> {
            quick.moveOn(pause);
            Thread.sleep(pause.toMillis() / times);
        };
    }

    void breaker(boolean on) {
        ecs().updateService(u -> u.cluster("uat")
                .service("orders")
                .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(on).rollback(on))));
    }

    void crashes(Digest digest) {
        aws.engine().on(image(digest), Script.CRASHES);
    }

    private static final class Ended implements RedeployServices.Ends {
        final List<Rollout> rollouts = new ArrayList<>();

        @Override
        public void good(Rollout rollout) {
            rollouts.add(rollout);
        }

        @Override
        public void bad(Rollout rollout, Problem problem) {
            rollouts.add(rollout);
        }
    }

    /** Waits until it is so. */
    static void await(BooleanSupplier so) throws InterruptedException {
        for (int i = 0; i < 400 && !so.getAsBoolean(); i++) {
            Thread.sleep(25);
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    @Override
    public void close() throws IOException {
        customer.close();
        clients.close();
        aws.close();
        customerIsServed();
    }
}
