package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import io.github.ecsmaven.sandbox.ecs.TimedEcs;
import io.github.ecsmaven.sandbox.ecs.TimedEcs.Called;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentLifecycleStage;

/** What a rollout costs in calls, at the sandbox's ECS with scripted tasks and a virtual clock: the goal's own begin and end count. */
class CallsAMinuteTest {
    private static final int A_MINUTE = 60;
    private static final Duration SOON = Duration.ofMillis(1_500);
    private static final Duration STEP = Duration.ofMillis(100);

    @TempDir
    Path home;

    private final VirtualClock time = new VirtualClock(Instant.parse("2026-01-01T10:00:00Z"));
    private final Told told = new Told() {
        @Override
        public void event(Duration elapsed, String message) {
            super.event(elapsed, message);
            loopTold = message.contains(" stopped: ") && loopTold.isEmpty() ? Optional.of(time.instant()) : loopTold;
        }
    };
    private Optional<Instant> loopTold = Optional.empty();
    private WaitFor waitFor = WaitFor.complete;
    private TimedEcs aws;
    private EcsClient ecs;

    @BeforeEach
    void start() throws IOException {
        aws = new TimedEcs(home, time);
        ecs = FakeEcs.built(EcsClient.builder(), aws.endpoint());
    }

    @AfterEach
    void stop() {
        ecs.close();
        aws.close();
    }

    @ParameterizedTest(name = "{0} tasks that serve after {1} s, maximumPercent {2}, on AWS: {3}")
    @CsvSource({
        // desired count, seconds until a task serves, maximumPercent, AWS and not the sandbox
        "1, 0, 200, true",
        "2, 50, 200, true",
        "2, 600, 200, true",
        "20, 5, 105, true",
        "20, 5, 105, false"
    })
    void aGoodRolloutStaysBelowSixty(int desired, int serves, int most, boolean real) throws RolloutFailed {
        running(desired, most, false);

        Rollout rollout = run("good-" + serves + "s", real);

        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(most()).isLessThanOrEqualTo(A_MINUTE);
        assertThat(Duration.between(finished(), time.instant())).isBetween(Duration.ZERO, SOON);
    }

    @ParameterizedTest(name = "{0}, bakes {1} min, tasks serve after {2} s, until {3}, on AWS: {4}")
    @CsvSource({
        "BLUE_GREEN, 0, 5, complete, true",
        "BLUE_GREEN, 7, 20, complete, true",
        "BLUE_GREEN, 2, 20, traffic, true",
        "BLUE_GREEN, 2, 1, complete, false",
        "LINEAR, 1, 10, complete, true",
        "CANARY, 0, 40, complete, true",
        "CANARY, 30, 40, traffic, true"
    })
    void theEndOfAShiftIsKnownSoonAndStaysBelowSixty(
            DeploymentStrategy strategy, int bake, int serves, WaitFor until, boolean real) throws RolloutFailed {
        running(2, 200, false);
        shifting(strategy, bake);

        waitFor = until;
        Rollout rollout = run("good-" + serves + "s", real);

        assertThat(most()).isLessThanOrEqualTo(A_MINUTE);

        assertThat(rollout.outcome()).isEqualTo(until == WaitFor.traffic ? Outcome.TRAFFIC_SHIFTED : Outcome.COMPLETED);
        assertThat(Duration.between(until == WaitFor.traffic ? shifted() : finished(), time.instant()))
                .isBetween(Duration.ZERO, SOON);
        assertThat(told.changes()).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "circuit breaker: {0}")
    @ValueSource(booleans = {true, false})
    void aShiftWhoseTasksCrashIsToldSoonAndStaysBelowSixty(boolean breaker) {
        running(2, 200, breaker);
        shifting(DeploymentStrategy.BLUE_GREEN, 5);

        RolloutFailed failed = catchThrowableOfType(RolloutFailed.class, () -> run("crash-9s", true));

        assertThat(most()).isLessThanOrEqualTo(A_MINUTE);
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(pollsUntilTold()).isLessThanOrEqualTo(3);
        assertThat(Duration.between(finished(), time.instant())).isBetween(Duration.ZERO, SOON);
    }

    private void shifting(DeploymentStrategy strategy, int bake) {
        ecs.updateService(to -> to.cluster("uat").service("orders").deploymentConfiguration(rules -> rules.strategy(
                        strategy)
                .bakeTimeInMinutes(bake)
                .linearConfiguration(linear -> linear.stepPercent(50.0).stepBakeTimeInMinutes(1))
                .canaryConfiguration(canary -> canary.canaryPercent(10.0).canaryBakeTimeInMinutes(2))));
        aws.calls().clear();
    }

    /** By ECS's own history. */
    private Instant finished() {
        return newest().finishedAt();
    }

    /** When all traffic was on the new tasks: one stage is over after a second, at the next ECS has changed nothing since. */
    private Instant shifted() {
        return newest().lifecycleStage() == ServiceDeploymentLifecycleStage.BAKE_TIME
                ? newest().updatedAt().minusSeconds(1)
                : newest().updatedAt();
    }

    private ServiceDeployment newest() {
        String arn = ecs.listServiceDeployments(ask -> ask.cluster("uat").service("orders"))
                .serviceDeployments()
                .get(0)
                .serviceDeploymentArn();
        return ecs.describeServiceDeployments(ask -> ask.serviceDeploymentArns(arn))
                .serviceDeployments()
                .get(0);
    }

    @ParameterizedTest(name = "{0} tasks that crash after {1} s, circuit breaker: {2}, on AWS: {3}")
    @CsvSource({
        "1, 0, false, true",
        "1, 40, false, true",
        "10, 3, false, true",
        "1, 2, true, true",
        "2, 25, true, true",
        "1, 1, false, false",
        "10, 3, true, false"
    })
    void aCrashLoopIsToldWithinThreePolls(int desired, int crashes, boolean breaker, boolean real) {
        running(desired, 200, breaker);

        RolloutFailed failed = catchThrowableOfType(RolloutFailed.class, () -> run("crash-" + crashes + "s", real));

        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(pollsUntilTold()).isLessThanOrEqualTo(3);
        assertThat(most()).isLessThanOrEqualTo(A_MINUTE);
        assertThat(Duration.between(finished(), time.instant())).isBetween(Duration.ZERO, SOON);
    }

    private void running(int desired, int most, boolean breaker) {
        ScriptedServicesMain.create(ecs, "orders", desired, most, breaker);
        pass(Duration.ofMinutes(2));
        aws.calls().clear();
    }

    private void pass(Duration pause) {
        for (Duration left = pause; left.compareTo(Duration.ZERO) > 0; left = left.minus(STEP)) {
            time.moveOn(left.compareTo(STEP) < 0 ? left : STEP);
            aws.round();
        }
    }

    private Rollout run(String script, boolean real) throws RolloutFailed {
        Digest digest = new Digest("sha256:" + "ab".repeat(32));
        RolloutRequest request = new RolloutRequest(
                "uat",
                "orders",
                "registry/" + script + "@" + digest,
                digest,
                Set.of(),
                Optional.empty(),
                Mode.revision,
                true,
                waitFor,
                Duration.ofHours(1),
                true,
                false,
                Optional.empty(),
                Wanted.NOTHING);
        RolloutApis apis = new RolloutApis(
                ecs,
                new DescribeTogether(),
                () -> unasked("logs"),
                () -> unasked("load balancers"),
                () -> unasked("CodeDeploy"),
                !real);
        return Orders.run(new RedeployService(apis, told, time, this::pass), request);
    }

    private static <T> T unasked(String what) {
        throw new IllegalStateException("The service has no " + what + ".");
    }

    private long most() {
        return busiest(aws.calls().stream().map(Called::at).toList());
    }

    /** Calls in the busiest minute. */
    static long busiest(List<Instant> times) {
        return times.stream()
                .mapToLong(from -> times.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))
                        .count())
                .max()
                .orElse(0);
    }

    /** The looks from the third crash on, until the user is told of the loop. */
    private long pollsUntilTold() {
        Instant third = aws.crashes().get(2);
        Instant known = loopTold.orElseThrow();
        return aws.calls().stream()
                .filter(call -> call.action().equals("DescribeServices"))
                .filter(call -> !call.at().isBefore(third) && !call.at().isAfter(known))
                .count();
    }
}
