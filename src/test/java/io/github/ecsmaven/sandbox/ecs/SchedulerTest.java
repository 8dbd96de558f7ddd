package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.ecs.ScriptedService.Script;
import io.github.ecsmaven.sandbox.ecs.TaskView.Phase;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {
    @Test
    void evaluateWhenServiceIsNewReachesSteadyState() {
        ScriptedService web = new ScriptedService(2, 100, 200, true);
        web.scripts.put("one", Script.GOOD);
        web.deploy("one");
        web.run(2_000);

        assertThat(web.deployments()).containsExactly("PRIMARY one COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL");
        assertThat(web.events())
                .containsExactly(
                        "(service web) has started 2 tasks: (task T) (task T).",
                        "(service web) (deployment ecs-svc/1) deployment completed.",
                        "(service web) has reached a steady state.");
    }

    @ParameterizedTest(name = "desired {0}, {1}-{2} %")
    @CsvSource({"1,100,200,1,2", "2,100,200,2,4", "3,50,150,2,4", "4,100,125,4,5", "4,0,100,0,4", "10,50,100,5,10"})
    void evaluateWhenRollingKeepsWithinPercents(int desired, int least, int most, int healthy, int alive) {
        ScriptedService web = ScriptedService.running(desired, least, most);
        web.scripts.put("two", Script.GOOD);
        web.deploy("two");
        web.run(10_000);

        assertThat(web.deployments()).containsExactly("PRIMARY two COMPLETED");
        assertThat(web.leastHealthy).isGreaterThanOrEqualTo(healthy);
        assertThat(web.mostAlive).isLessThanOrEqualTo(alive);
        assertThat(web.started).isEqualTo(desired);
        assertThat(web.count(Phase.HEALTHY)).isEqualTo(desired);
    }

    @ParameterizedTest(name = "{0} at desired {1}: {2} tasks fail")
    @CsvSource({"CRASH,1,3", "NO_IMAGE,1,3", "HANGS,1,3", "CRASH,8,8", "NO_IMAGE,20,20"})
    void evaluateWhenNewTasksFailRollsBack(Script script, int desired, int failures) {
        ScriptedService web = ScriptedService.running(desired, 100, 200);
        web.scripts.put("bad", script);
        String bad = web.deploy("bad");
        web.run(8_000);

        assertThat(web.deployments()).containsExactly("PRIMARY one COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "ROLLBACK_SUCCESSFUL");
        assertThat(web.service.primary().id()).isEqualTo("ecs-svc/1");
        assertThat(web.started).isEqualTo(failures);
        assertThat(web.leastHealthy).isEqualTo(desired);
        assertThat(web.events())
                .containsSubsequence(
                        "(service web) (deployment " + bad + ") deployment failed: tasks failed to start.",
                        "(service web) rolling back to deployment ecs-svc/1.",
                        "(service web) (deployment ecs-svc/1) deployment completed.",
                        "(service web) has reached a steady state.");
    }

    @Test
    void evaluateWhenRollbackFailsTooStalls() {
        ScriptedService web = ScriptedService.running(1, 0, 100);
        web.scripts.put("bad", Script.CRASH);
        web.deploy("bad");
        web.scripts.put("one", Script.CRASH);
        web.run(20_000);
        int started = web.started;
        web.run(60_000);

        assertThat(web.started).isEqualTo(started).isEqualTo(6);
        assertThat(web.history()).containsExactly("SUCCESSFUL", "ROLLBACK_FAILED");
        assertThat(web.deployments().get(0)).isEqualTo("PRIMARY one FAILED");
    }

    @Test
    void evaluateWhenFirstDeploymentFailsStopsTrying() {
        ScriptedService web = new ScriptedService(1, 100, 200, true);
        web.scripts.put("bad", Script.CRASH);
        web.deploy("bad");
        web.run(60_000);

        assertThat(web.started).isEqualTo(3);
        assertThat(web.deployments()).containsExactly("PRIMARY bad FAILED");
        assertThat(web.service.primary().reason()).isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    }

    @Test
    void evaluateWithoutBreakerTriesOnWithGrowingPauses() {
        ScriptedService web = new ScriptedService(1, 100, 200, false);
        web.scripts.put("bad", Script.CRASH);
        web.deploy("bad");
        web.run(60_000);

        assertThat(web.started).isBetween(6, 9);
        assertThat(web.deployments()).containsExactly("PRIMARY bad IN_PROGRESS");
        assertThat(web.events().stream().filter(event -> event.contains("unable to consistently")))
                .hasSize(1);
    }

    @Test
    void evaluateWhenNewDeploymentComesDuringRolloutSupersedesIt() {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.scripts.put("two", Script.GOOD);
        web.scripts.put("three", Script.GOOD);
        web.deploy("two");
        web.run(40);
        web.deploy("three");
        web.run(40);
        assertThat(web.deployments())
                .containsExactly("PRIMARY three IN_PROGRESS", "ACTIVE two IN_PROGRESS", "ACTIVE one COMPLETED");
        web.run(5_000);

        assertThat(web.deployments()).containsExactly("PRIMARY three COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "STOPPED", "SUCCESSFUL");
        assertThat(web.events()).contains("(service web) stopped 2 pending tasks.");
        assertThat(web.leastHealthy).isEqualTo(2);
    }

    @Test
    void evaluateWhenTasksFindNoPlaceKeepsTheOldOnesAndTellsOnce() {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.scripts.put("two", Script.GOOD);
        web.noPlace = Optional.of(" was unable to place a task. Reason: Internal error.");
        web.deploy("two");
        web.run(5_000);
        assertThat(web.events()).endsWith("(service web) was unable to place a task. Reason: Internal error.");
        assertThat(web.events().stream().filter(event -> event.contains("unable to place")))
                .hasSize(1);
        assertThat(web.service.primary().failedTasks()).isZero();
        assertThat(web.leastHealthy).isEqualTo(2);

        web.noPlace = Optional.empty();
        web.run(5_000);
        assertThat(web.deployments()).containsExactly("PRIMARY two COMPLETED");
    }

    @Test
    void evaluateWhenBehindATargetGroupTellsOfTargets() {
        ScriptedService web = ScriptedService.running(1, 100, 200);
        web.service.settings().putArray("loadBalancers").addObject().put("targetGroupArn", "arn:tg");
        web.scripts.put("two", Script.GOOD);
        web.deploy("two");
        web.run(5_000);

        assertThat(web.events())
                .containsSubsequence(
                        "(service web) deregistered 1 targets in (target-group arn:tg)",
                        "(service web, taskSet ecs-svc/1) has begun draining connections on 1 tasks.",
                        "(service web) has stopped 1 running tasks: (task T).",
                        "(service web) (deployment ecs-svc/3) deployment completed.");
    }

    @Test
    void evaluateWhenScaledToZeroStopsAllAndIsSteady() {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.scale(0);
        web.run(1_000);

        assertThat(web.count(Phase.HEALTHY)).isZero();
        assertThat(web.events())
                .endsWith(
                        "(service web) has stopped 2 running tasks: (task T) (task T).",
                        "(service web) has reached a steady state.");
    }

    @Test
    void evaluateWhenTaskIsKilledReplacesIt() {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.kill(web.tasks.keySet().iterator().next());
        web.run(3_000);

        assertThat(web.started).isEqualTo(1);
        assertThat(web.count(Phase.HEALTHY)).isEqualTo(2);
        assertThat(web.service.primary().failedTasks()).isZero();
        assertThat(web.events()).endsWith("(service web) has reached a steady state.");
    }

    @Test
    void evaluateWhenPercentsLeaveNoRoomSaysSo() {
        ScriptedService web = ScriptedService.running(1, 100, 100);
        web.scripts.put("two", Script.GOOD);
        web.deploy("two");
        web.run(3_000);

        assertThat(web.started).isZero();
        assertThat(web.events().stream().filter(event -> event.contains("unable to stop or start tasks")))
                .hasSize(1);
    }

    @Test
    void evaluateWhenServiceIsDrainingEndsInactive() {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.service = web.service.status("DRAINING");
        web.run(1_000);

        assertThat(web.service.status()).isEqualTo("INACTIVE");
        assertThat(web.count(Phase.GONE)).isEqualTo(2);
    }

    @ParameterizedTest(name = "rollback {0}, a good one before {1}")
    @CsvSource({
        "true,  true,  ROLLBACK_REQUESTED, ROLLBACK_SUCCESSFUL, PRIMARY one COMPLETED",
        "true,  false, ROLLBACK_REQUESTED, ROLLBACK_FAILED,     PRIMARY bad FAILED",
        "false, true,  STOP_REQUESTED,     STOPPED,             PRIMARY bad FAILED",
        "false, false, STOP_REQUESTED,     STOPPED,             PRIMARY bad FAILED",
    })
    void evaluateWhenStopIsRequestedShowsItThenObeys(
            boolean rollback, boolean good, String asked, String end, String primary) {
        ScriptedService web = good ? ScriptedService.running(1, 100, 200) : new ScriptedService(1, 100, 200, false);
        web.scripts.put("bad", Script.SLOW);
        web.deploy("bad");
        web.run(300);
        web.service = Deployments.stop(web.service, rollback, web.now);
        web.run(200);
        assertThat(web.history()).endsWith(asked);
        assertThat(web.service.underWay()).isPresent();
        web.run(3_000);

        assertThat(web.history()).endsWith(end);
        assertThat(web.service.underWay()).isEmpty();
        assertThat(web.deployments().get(0)).isEqualTo(primary);
        assertThat(web.leastHealthy).isEqualTo(good ? 1 : 0);
        assertThat(web.started).isEqualTo(1);
    }

    @Test
    void evaluateWhenStoppedWithRollbackTellsIt() {
        ScriptedService web = ScriptedService.running(1, 100, 200);
        web.scripts.put("bad", Script.SLOW);
        web.deploy("bad");
        web.run(300);
        web.service = Deployments.stop(web.service, true, web.now);
        web.run(3_000);

        assertThat(web.deployments()).containsExactly("PRIMARY one COMPLETED");
        assertThat(web.events())
                .endsWith(
                        "(service web) rolling back to deployment ecs-svc/1.",
                        "(service web) has stopped 1 running tasks: (task T).",
                        "(service web) (deployment ecs-svc/1) deployment completed.",
                        "(service web) has reached a steady state.");
    }

    @Test
    void evaluateWhenStopIsSupersededDeploysTheNewOne() {
        ScriptedService web = ScriptedService.running(1, 100, 200);
        web.scripts.put("bad", Script.SLOW);
        web.scripts.put("three", Script.GOOD);
        web.deploy("bad");
        web.run(300);
        web.service = Deployments.stop(web.service, true, web.now);
        web.deploy("three");
        web.run(3_000);

        assertThat(web.history()).containsExactly("SUCCESSFUL", "STOPPED", "SUCCESSFUL");
        assertThat(web.deployments()).containsExactly("PRIMARY three COMPLETED");
    }
}
