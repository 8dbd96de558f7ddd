package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Orders.deployments;
import static io.github.ecsmaven.ecs.Orders.fresh;
import static io.github.ecsmaven.ecs.Orders.lasting;
import static io.github.ecsmaven.ecs.Orders.old;
import static io.github.ecsmaven.ecs.Orders.request;
import static io.github.ecsmaven.ecs.Orders.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchRolloutTest {
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
    void runWhenAwsThrottlesGoesOnWatching() throws RolloutFailed {
        int[] asked = {0};
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on(
                "DescribeServices",
                request -> ++asked[0] > 1 && asked[0] < 8
                        ? "!ThrottlingException: Rate exceeded"
                        : "{\"services\":[" + orders.service() + "]}");
        assertThat(orders.run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void runWhenAwsThrottlesThroughoutGoesOnUntilTheTimeout() {
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        int[] asked = {0};
        orders.ecs.on(
                "DescribeServices",
                request -> ++asked[0] > 1
                        ? "!ThrottlingException: Rate exceeded"
                        : "{\"services\":[" + orders.service() + "]}");
        RolloutFailed failed = orders.fails(lasting(Duration.ofMinutes(10)));
        assertThat(orders.slept()).as("virtual seconds").isBetween(600L, 615L);
        assertThat(failed.problem().what())
                .isEqualTo("Could not watch the rollout of service 'orders': AWS asks to call less often.");
        assertThat(failed.problem().evidence()).contains("ECS goes on with the rollout (ecs-svc/new1).");
    }

    @Test
    void runWhenTwoOfThreeCallsAreThrottledComesToItsEnd() throws RolloutFailed {
        int[] asked = {0};
        orders.then(second -> second < 60
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on(
                "DescribeServices",
                request -> asked[0]++ % 3 != 0
                        ? "!ThrottlingException: Rate exceeded"
                        : "{\"services\":[" + orders.service() + "]}");
        assertThat(orders.run(lasting(Duration.ofMinutes(10))).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void runWhenTheNetworkIsCutForHalfAMinuteGoesOn() throws RolloutFailed {
        orders.then(second -> second < 50
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on(
                "DescribeServices",
                request -> orders.slept() >= 10 && orders.slept() < 40
                        ? "cut"
                        : "{\"services\":[" + orders.service() + "]}");
        assertThat(orders.run(lasting(Duration.ofMinutes(10))).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.told.details).anyMatch(text -> text.startsWith("Looking again after: "));
        assertThat(orders.slept()).isBetween(50L, 52L);
    }

    @Test
    void runWhenItCompletesKnowsItWithinOneAndAHalfSeconds() throws RolloutFailed {
        for (int second = 20; second < 40; second++) {
            int done = second;
            try (Orders one = new Orders()) {
                one.then(now -> now < done
                        ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                        : deployments(fresh("PRIMARY", "COMPLETED", 2)));
                Rollout rollout = one.run(lasting(Duration.ofMinutes(10)));
                assertThat(rollout.seconds()).isBetween((double) done, done + 1.5);
            } catch (IOException noServer) {
                throw new UncheckedIOException(noServer);
            }
        }
    }

    @Test
    void runWhenOptionalPermissionsAreMissingWarnsOnce() throws RolloutFailed {
        orders.then(second -> second < 3
                ? deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2))
                : deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on(
                "ListServiceDeployments",
                "!AccessDeniedException: User: u is not authorized to perform: ecs:ListServiceDeployments");
        assertThat(orders.run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.told.warnings)
                .containsExactly(
                        "Less is known about this rollout without ecs:ListServiceDeployments and ecs:DescribeServiceRevisions (AccessDeniedException).");
    }

    @Test
    void runWhenNothingChangesAsksForTheServiceOnlyAndForTheRestNowAndThen() {
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        orders.fails(with(Mode.revision, true, false, false));
        int looks = orders.ecs.calls("DescribeServices").size();
        assertThat(looks).isBetween(18, 33);
        assertThat(orders.ecs.calls("ListTasks")).hasSizeLessThan(looks / 2 + 2);
        assertThat(orders.ecs.calls("ListServiceDeployments")).hasSizeLessThan(looks / 4 + 2);
    }

    @Test
    void runWhenThereAreManyTasksReadsAllPages() throws RolloutFailed {
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on("ListTasks", request -> {
            boolean running = request.at("/desiredStatus").asText().equals("RUNNING");
            boolean first = request.at("/nextToken").isMissingNode();
            return !running
                    ? "{\"taskArns\":[]}"
                    : first ? "{\"taskArns\":[\"t/1\"],\"nextToken\":\"more\"}" : "{\"taskArns\":[\"t/9\"]}";
        });
        assertThat(orders.run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.ecs.calls("DescribeTasks").get(0).at("/tasks").toString())
                .isEqualTo("[\"t/1\",\"t/9\"]");
    }

    @Test
    void runWhenATaskStopsBetweenTheTwoListsAsksForItOnce() throws RolloutFailed {
        orders.then(second -> deployments(fresh("PRIMARY", "COMPLETED", 2)));
        orders.ecs.on(
                "ListTasks",
                request -> request.at("/desiredStatus").asText().equals("RUNNING")
                        ? "{\"taskArns\":[\"t/1\",\"t/2\"]}"
                        : "{\"taskArns\":[\"t/2\",\"t/3\"]}");
        assertThat(orders.run(request()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(orders.ecs.calls("DescribeTasks").get(0).at("/tasks").toString())
                .isEqualTo("[\"t/1\",\"t/2\",\"t/3\"]");
    }

    @Test
    void runWhenInterruptedSaysThatEcsGoesOnAndStaysInterrupted() {
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        RolloutFailed failed = catchThrowableOfType(
                RolloutFailed.class,
                () -> orders.run(request(), pause -> {
                    throw new InterruptedException();
                }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.STARTED);
        assertThat(failed.problem().text()).isEqualTo("""
                        The build was interrupted while it watched the rollout of orders in uat.
                          ECS goes on with the rollout (ecs-svc/new1).
                        Next: run it again: a rollout of the same image that is under way is followed.""");
        assertThat(orders.ecs.calls("UpdateService")).hasSize(1);
        assertThat(orders.told.lastLines)
                .containsExactly("Interrupted: deployment ecs-svc/new1 of orders goes on in ECS; mvn ecs:rollback"
                        + " -Decs.cluster=uat -Decs.service=orders -Decs.to=orders:17 brings revision 17 back, the same"
                        + " build run again follows it.");
    }

    @Test
    void runWhenInterruptedWhileItAsksIsTheSame() {
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        RolloutFailed failed = catchThrowableOfType(
                RolloutFailed.class,
                () -> orders.run(request(), pause -> Thread.currentThread().interrupt()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed.problem().what())
                .isEqualTo("The build was interrupted while it watched the rollout of orders in uat.");
    }

    @Test
    void runWhenAwsIsGoneGivesUpAfterTwoMinutesAndSaysThatEcsGoesOn() {
        int[] asked = {0};
        orders.then(second -> deployments(fresh("PRIMARY", "IN_PROGRESS", 0), old("ACTIVE", 2)));
        orders.ecs.on(
                "DescribeServices",
                request -> ++asked[0] > 2
                        ? "!!ServerException: Service Unavailable. Please try again later."
                        : "{\"services\":[" + orders.service() + "]}");
        RolloutFailed failed = orders.fails(request());
        assertThat(orders.slept()).as("virtual seconds").isBetween(120L, 140L);
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().what())
                .isEqualTo("Could not watch the rollout of service 'orders': AWS has a fault.");
        assertThat(failed.problem().evidence()).contains("ECS goes on with the rollout (ecs-svc/new1).");
    }
}
