package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.ecs.PublishedRates;
import io.github.ecsmaven.sandbox.ecs.TimedEcs;
import io.github.ecsmaven.sandbox.ecs.TimedEcs.Called;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * Rollouts of 1,000 services with 10 tasks each, watched as in a build, by a virtual clock: the sandbox's ECS with scripted tasks,
 * for one account at the rates that AWS publishes.
 */
class ThousandServicesTest {
    private static final int SERVICES = 1_000;
    private static final int TASKS = 10;
    private static final int A_MINUTE = 60;
    private static final int IN_A_BUILD = 20;
    private static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));
    private static final Duration STEP = Duration.ofSeconds(1);

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T10:00:00Z"));
    private final Queue<TimedEcs> moving = new ConcurrentLinkedQueue<>();
    private final SharedTime time = new SharedTime(clock, STEP, () -> moving.forEach(TimedEcs::round));
    private final PublishedRates rates = new PublishedRates(clock);
    /** One for each build: what they share are the account's rates. */
    private final List<TimedEcs> clusters = new ArrayList<>();
    /** Of each service. */
    private final Map<String, String> ends = new ConcurrentHashMap<>();

    /** What becomes of a service's rollout. */
    private enum Fate {
        GOOD("good-4s", true, "COMPLETED"),
        CRASHES("crash-1s", true, "ROLLED_BACK: ECS rolled"),
        CRASHES_WITHOUT_BREAKER("crash-1s", false, "ROLLED_BACK: The rollout of"),
        SUPERSEDED("good-15s", true, "FAILED: Another deployment won");

        final String script;
        final boolean breaker;
        final String end;

        Fate(String script, boolean breaker, String end) {
            this.script = script;
            this.breaker = breaker;
            this.end = end;
        }

        static Fate of(int number) {
            return switch (number % 10) {
                case 3 -> CRASHES;
                case 5 -> CRASHES_WITHOUT_BREAKER;
                case 8 -> SUPERSEDED;
                default -> GOOD;
            };
        }
    }

    @AfterEach
    void stop() {
        clusters.forEach(TimedEcs::close);
    }

    /** A build registers its task definitions in one go: AWS lets 20 pass, and one more a second. */
    @Test
    void buildsOfTwentyServicesStayInsideTheRatesAndAllEndAsTheyShould() throws Exception {
        Duration apart = Duration.ofSeconds(IN_A_BUILD);
        for (int build = 0; build < SERVICES / IN_A_BUILD; build++) {
            begin("build-" + build, IN_A_BUILD, apart.multipliedBy(build), rates);
        }
        time.await();

        assertThat(wrong()).isEmpty();
        assertThat(ends).hasSize(SERVICES);
        assertThat(rates.refused()).isZero();
        assertThat(most()).isBetween(10, A_MINUTE);
    }

    /** Nobody asks together, and they ask for three times as much as the account may: each backs off, and comes to its end. */
    @Test
    void buildsOfOneServiceAllAtOnceAreThrottledAndAllEndAsTheyShould() throws Exception {
        for (int build = 0; build < 100; build++) {
            // They were begun before: what is throttled is the watching.
            begin("build-" + build, 1, Duration.ZERO, new PublishedRates(clock));
        }
        time.await();

        assertThat(wrong()).isEmpty();
        assertThat(ends).hasSize(100);
        assertThat(rates.refused()).isPositive();
        assertThat(rates.refused()).isLessThan(rates.taken());
        assertThat(most()).isLessThanOrEqualTo(A_MINUTE);
    }

    /** @param begins the rates at which its rollouts are begun */
    private void begin(String build, int services, Duration after, PublishedRates begins) throws IOException {
        TimedEcs aws = new TimedEcs(clock);
        clusters.add(aws);
        time.start(build, () -> {
            time.sleep(after);
            build(build, aws, services, begins);
        });
    }

    private void build(String build, TimedEcs aws, int services, PublishedRates begins) throws Exception {
        List<String> names =
                IntStream.range(0, services).mapToObj(i -> build + "-" + i).toList();
        try (EcsClient owner = client(aws.direct())) {
            for (String name : names) {
                ScriptedServicesMain.create(owner, name, TASKS, 200, fate(name).breaker);
            }
        }
        moving.add(aws);
        time.sleep(Duration.ofSeconds(5));
        EcsClient ecs = client(aws.direct(rates));
        EcsClient beginner = client(aws.direct(begins));
        DescribeTogether together = new DescribeTogether();
        AtomicInteger left = new AtomicInteger(services);
        for (String name : names) {
            RedeployService redeploy = new RedeployService(apis(ecs, together), new Told(), clock, time);
            RolloutRequest request = request(name);
            // The build's own thread, by the service's name: so are its calls told apart.
            Thread.currentThread().setName(name);
            RedeployService beginning = new RedeployService(apis(beginner, together), new Told(), clock, time);
            Begun begun = ((RedeployService.Prepared.Ready) beginning.prepare(request))
                    .begin()
                    .get();
            time.start(name, () -> {
                ends.put(name, end(redeploy, request, begun));
                if (left.decrementAndGet() == 0) {
                    moving.remove(aws);
                    ecs.close();
                }
            });
        }
        time.sleep(Duration.ofSeconds(6));
        names.stream()
                .filter(name -> fate(name) == Fate.SUPERSEDED)
                .forEach(name -> ecs.updateService(
                        update -> update.cluster("uat").service(name).taskDefinition(name + ":1")));
    }

    private static String end(RedeployService redeploy, RolloutRequest request, Begun begun) {
        try {
            return redeploy.follow(request, begun).outcome().name();
        } catch (RolloutFailed failed) {
            return failed.rollout().outcome() + ": " + failed.problem().what();
        }
    }

    private static Fate fate(String name) {
        return Fate.of(name.chars().sum());
    }

    private List<String> wrong() {
        return ends.entrySet().stream()
                .filter(end -> !end.getValue().startsWith(fate(end.getKey()).end))
                .map(end -> end.getKey() + " " + fate(end.getKey()) + ": " + end.getValue())
                .sorted()
                .toList();
    }

    /** Calls of one service in its busiest minute. */
    private int most() {
        int most = 0;
        for (TimedEcs aws : clusters) {
            for (List<Called> calls : aws.calls().stream()
                    .collect(Collectors.groupingBy(Called::thread))
                    .values()) {
                int first = 0;
                for (int last = 0; last < calls.size(); last++) {
                    while (!calls.get(first)
                            .at()
                            .plusSeconds(60)
                            .isAfter(calls.get(last).at())) {
                        first++;
                    }
                    most = Math.max(most, last - first + 1);
                }
            }
        }
        return most;
    }

    private static EcsClient client(SdkHttpClient http) {
        return EcsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.EU_WEST_1)
                // Nobody asks for signatures here, which would take a tenth of the time.
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                // The SDK's own retries wait by the real clock.
                .overrideConfiguration(sdk -> sdk.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static RolloutApis apis(EcsClient ecs, DescribeTogether together) {
        return new RolloutApis(
                ecs,
                together,
                () -> unasked("logs"),
                () -> unasked("load balancers"),
                () -> unasked("CodeDeploy"),
                false);
    }

    private static <T> T unasked(String what) {
        throw new IllegalStateException("The service has no " + what + ".");
    }

    private static RolloutRequest request(String name) {
        return new RolloutRequest(
                "uat",
                name,
                "registry/" + fate(name).script + "@" + DIGEST,
                DIGEST,
                Set.of(),
                Optional.empty(),
                Mode.revision,
                true,
                WaitFor.complete,
                Duration.ofMinutes(30),
                true,
                false,
                Optional.empty(),
                Wanted.NOTHING);
    }
}
