package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.ScriptedService.Script;
import io.github.ecsmaven.sandbox.ecs.Service.Share;
import io.github.ecsmaven.sandbox.ecs.TaskView.Phase;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blue/green, linear and canary deployments over scripted tasks and a virtual clock. */
class ShiftTrafficTest {
    private static final int MINUTE = 60_000;
    private static final String HOOK = "arn:aws:lambda:eu-west-1:000000000000:function:check";

    @Test
    void advanceWhenBlueGreenShiftsAllAtOnceAndBakes() {
        ScriptedService web = shifting(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 10));
        web.run(13 * MINUTE);

        assertThat(web.stages)
                .containsExactly(
                        "PRE_SCALE_UP 0",
                        "SCALE_UP 0",
                        "POST_SCALE_UP 0",
                        "TEST_TRAFFIC_SHIFT 0",
                        "POST_TEST_TRAFFIC_SHIFT 0",
                        "PRODUCTION_TRAFFIC_SHIFT 100",
                        "POST_PRODUCTION_TRAFFIC_SHIFT 100",
                        "BAKE_TIME 100",
                        "CLEAN_UP 100");
        assertThat(lasted(web, "BAKE_TIME 100", "CLEAN_UP 100")).isEqualTo(10 * MINUTE);
        assertThat(web.deployments()).containsExactly("PRIMARY two COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
        assertThat(web.mostAlive).isEqualTo(4);
        assertThat(web.started).isEqualTo(2);
        assertThat(web.service.share()).isEmpty();
    }

    @Test
    void advanceWhenBakingKeepsBothVersionsWithAllTrafficOnTheNewOne() {
        ScriptedService web = shifting(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 10));
        assertThat(web.service.share()).contains(new Share("ecs-svc/4", 0));
        web.run(5 * MINUTE);

        assertThat(web.count(Phase.HEALTHY)).isEqualTo(4);
        assertThat(web.deployments()).containsExactly("PRIMARY two IN_PROGRESS", "ACTIVE one COMPLETED");
        assertThat(web.service.share()).contains(new Share("ecs-svc/4", 100));
    }

    @Test
    void advanceWhenLinearShiftsStepByStepWithoutAPauseAfterTheLast() {
        ScriptedService web = shifting(to -> to.put("strategy", "LINEAR")
                .put("bakeTimeInMinutes", 0)
                .putObject("linearConfiguration")
                .put("stepPercent", 30.0)
                .put("stepBakeTimeInMinutes", 2));
        web.run(13 * MINUTE);

        assertThat(web.stages)
                .containsSubsequence(
                        "POST_TEST_TRAFFIC_SHIFT 0",
                        "PRODUCTION_TRAFFIC_SHIFT 30",
                        "PRODUCTION_TRAFFIC_SHIFT 60",
                        "PRODUCTION_TRAFFIC_SHIFT 90",
                        "PRODUCTION_TRAFFIC_SHIFT 100",
                        "POST_PRODUCTION_TRAFFIC_SHIFT 100");
        assertThat(lasted(web, "PRODUCTION_TRAFFIC_SHIFT 30", "PRODUCTION_TRAFFIC_SHIFT 100"))
                .isEqualTo(6 * MINUTE);
        assertThat(lasted(web, "PRODUCTION_TRAFFIC_SHIFT 100", "CLEAN_UP 100")).isLessThan(4_000);
        assertThat(web.history()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
    }

    @Test
    void advanceWhenCanaryShiftsAFewThenTheRest() {
        ScriptedService web = shifting(to -> to.put("strategy", "CANARY").put("bakeTimeInMinutes", 1));
        web.run(13 * MINUTE);

        assertThat(web.stages)
                .containsSubsequence(
                        "PRODUCTION_TRAFFIC_SHIFT 5", "PRODUCTION_TRAFFIC_SHIFT 100", "BAKE_TIME 100", "CLEAN_UP 100")
                .hasSize(10);
        assertThat(lasted(web, "PRODUCTION_TRAFFIC_SHIFT 5", "PRODUCTION_TRAFFIC_SHIFT 100"))
                .isEqualTo(10 * MINUTE);
        assertThat(web.history()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
    }

    @ParameterizedTest
    @CsvSource({"CRASH", "NO_IMAGE", "HANGS"})
    void advanceWhenNewTasksFailNeverShiftsTraffic(Script script) {
        ScriptedService web = shifting(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 10));
        web.scripts.put("two", script);
        web.run(MINUTE);

        assertThat(web.stages).containsExactly("PRE_SCALE_UP 0", "SCALE_UP 0");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "ROLLBACK_SUCCESSFUL");
        assertThat(web.deployments()).containsExactly("PRIMARY one COMPLETED");
        assertThat(web.leastHealthy).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PRE_SCALE_UP, 1, 0",
        "POST_SCALE_UP, 3, 2",
        "TEST_TRAFFIC_SHIFT, 4, 2",
        "POST_PRODUCTION_TRAFFIC_SHIFT, 7, 2"
    })
    void advanceWhenAHookFailsTakesTheTrafficBackAtOnce(String stage, int stages, int started) {
        ScriptedService web = shifting(to -> hook(to, stage));
        web.configure(to -> ((ObjectNode) to.path("deploymentCircuitBreaker")).put("enable", false));
        web.failingHooks.add(stage);
        web.run(12_000);

        assertThat(web.stages).hasSize(stages).last().asString().startsWith(stage);
        assertThat(web.started).isEqualTo(started);
        assertThat(web.leastHealthy).isEqualTo(2);
        assertThat(web.history()).containsExactly("SUCCESSFUL", "ROLLBACK_SUCCESSFUL");
        assertThat(web.service.history().get(0).reason())
                .isEqualTo("Service deployment rolled back because " + stage
                        + " lifecycle hook(s) failed. Lifecycle hook target " + HOOK + " returned FAILED status.");
    }

    @Test
    void advanceWhenNoFaultIsOrderedHooksSucceed() {
        ScriptedService web = shifting(to -> hook(to, "POST_SCALE_UP"));
        web.run(2 * MINUTE);
        assertThat(web.history()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
    }

    @Test
    void advanceWhenStoppedWhileBakingGoesBackToTheOldTasksThatStillRun() {
        ScriptedService web = shifting(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 10));
        web.run(5 * MINUTE);
        web.started = 0;
        web.service = Deployments.stop(web.service, true, web.now);
        web.run(520);
        assertThat(web.service.share()).contains(new Share("ecs-svc/1", 100));
        web.run(2_000);

        assertThat(web.deployments()).containsExactly("PRIMARY one COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "ROLLBACK_SUCCESSFUL");
        assertThat(web.started).isZero();
        assertThat(web.leastHealthy).isEqualTo(2);
    }

    @Test
    void advanceWhenAbortedLeavesTrafficWhereItIs() {
        ScriptedService web = shifting(to -> to.put("strategy", "CANARY").put("bakeTimeInMinutes", 10));
        web.run(MINUTE);
        web.service = Deployments.stop(web.service, false, web.now);
        web.run(MINUTE);

        assertThat(web.history()).containsExactly("SUCCESSFUL", "STOPPED");
        assertThat(web.service.share()).contains(new Share("ecs-svc/4", 5));
        assertThat(web.count(Phase.HEALTHY)).isEqualTo(4);
    }

    @Test
    void advanceWhenSupersededReconcilesFirst() {
        ScriptedService web = shifting(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 1));
        web.run(12_000);
        web.stages.clear();
        web.scripts.put("three", Script.GOOD);
        web.deploy("three");
        web.run(5 * MINUTE);

        assertThat(web.stages)
                .startsWith("RECONCILE_SERVICE 0", "PRE_SCALE_UP 0")
                .endsWith("CLEAN_UP 100");
        assertThat(web.deployments()).containsExactly("PRIMARY three COMPLETED");
        assertThat(web.history()).containsExactly("SUCCESSFUL", "STOPPED", "SUCCESSFUL");
        assertThat(web.leastHealthy).isGreaterThanOrEqualTo(2);
    }

    @Test
    void advanceWhenTheServiceIsNewHasNothingToBakeBeside() {
        ScriptedService web = new ScriptedService(2, 100, 200, true);
        web.configure(to -> to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 10));
        web.scripts.put("one", Script.GOOD);
        web.deploy("one");
        web.run(10_000);
        assertThat(web.history()).containsExactly("SUCCESSFUL");
    }

    @Test
    void shiftWhenStoredIsReadAgain(@TempDir Path home) {
        ScriptedService web = shifting(to -> to.put("strategy", "CANARY").put("bakeTimeInMinutes", 10));
        web.run(MINUTE);
        Store store = new Store(home);
        store.put(web.service);
        store.save();

        Service read = new Store(home).services().get(web.service.arn());
        assertThat(read).isEqualTo(web.service);
        assertThat(read.shift()).map(Shift::production).contains(5.0);
    }

    /** One runs, two is deployed. */
    private static ScriptedService shifting(Consumer<ObjectNode> configuration) {
        ScriptedService web = ScriptedService.running(2, 100, 200);
        web.configure(configuration);
        web.scripts.put("two", Script.GOOD);
        web.deploy("two");
        return web;
    }

    private static void hook(ObjectNode to, String stage) {
        to.put("strategy", "BLUE_GREEN").put("bakeTimeInMinutes", 1);
        to.putArray("lifecycleHooks")
                .addObject()
                .put("hookTargetArn", HOOK)
                .putArray("lifecycleStages")
                .add(stage);
    }

    private static long lasted(ScriptedService web, String from, String to) {
        assertThat(web.since).containsKeys(from, to);
        return web.since.get(to) - web.since.get(from);
    }
}
