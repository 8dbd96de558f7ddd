package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTextTest {
    @ParameterizedTest
    @CsvSource({"FAILED, '  FAILED'", "INTERRUPTED, '  interrupted'"})
    void linesWhenAStageBrokeOffNameItAndWhatDidNotRun(StageClock.End end, String shown) {
        AtomicLong now = new AtomicLong();
        StageClock clock = new StageClock(now::get, Instant.EPOCH);
        clock.begin("compile", "orders", Stage.COMPILE);
        now.addAndGet(1_500_000_000L);
        clock.end("compile", "orders", Stage.COMPILE, StageClock.End.DONE, null);
        clock.begin("test", "orders", Stage.UNIT_TESTS);
        now.addAndGet(400_000_000L);
        clock.end("test", "orders", Stage.UNIT_TESTS, end, null);

        assertThat(SummaryText.lines(
                        "orders",
                        clock.module("orders"),
                        Map.of("digest", "sha256:1"),
                        EnumSet.range(Stage.COMPILE, Stage.IMAGE),
                        Set.of()))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  compile               1.5 s",
                        "  unit tests            0.4 s" + shown,
                        "  package             not run",
                        "  image               not run",
                        "",
                        "  digest             sha256:1");
    }

    @Test
    void linesWhenThePreflightFailedBeginWithIt() {
        StageClock clock = new StageClock(() -> 0, Instant.EPOCH);
        clock.end("preflight", "orders", Stage.PREFLIGHT, StageClock.End.FAILED, null);

        assertThat(SummaryText.lines("orders", clock.module("orders"), Map.of(), Set.of(Stage.COMPILE), Set.of()))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  preflight             0.0 s  FAILED",
                        "  compile             not run",
                        "");
    }

    @Test
    void linesWhenAGoalByHandFailedTellOnlyOfWhatWasAsked() {
        StageClock clock = new StageClock(() -> 0, Instant.EPOCH);
        clock.end("push", "orders", Stage.PUSH, StageClock.End.FAILED, null);

        assertThat(SummaryText.lines(
                        "orders",
                        clock.module("orders"),
                        Map.of(),
                        new BuildPlan(List.of("ecs:push", "ecs:redeploy")).stages(),
                        Set.of()))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  push                  0.0 s  FAILED",
                        "  rollout             not run",
                        "");
    }

    @Test
    void linesWhenTestsAreSkippedSaySo() {
        StageClock clock = new StageClock(() -> 0, Instant.EPOCH);
        clock.end("test", "orders", Stage.UNIT_TESTS, StageClock.End.DONE, null);
        clock.end("image", "orders", Stage.IMAGE, StageClock.End.DONE, null);
        clock.end("start", "orders", Stage.CONTAINER, StageClock.End.FAILED, null);

        assertThat(SummaryText.lines(
                        "orders",
                        clock.module("orders"),
                        Map.of(),
                        Set.of(Stage.INTEGRATION_TESTS),
                        EnumSet.of(Stage.UNIT_TESTS, Stage.CONTAINER, Stage.INTEGRATION_TESTS)))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  unit tests          skipped",
                        "  image                 0.0 s",
                        "  container start       0.0 s  FAILED",
                        "  integration tests   not run",
                        "");
    }

    @ParameterizedTest(name = "{0} and {1}, container off: {2}")
    @CsvSource({
        "a=b, c=d, false,",
        "skipTests=, c=d, false, UNIT_TESTS CONTAINER INTEGRATION_TESTS",
        "maven.test.skip=true, c=d, false, UNIT_TESTS CONTAINER INTEGRATION_TESTS",
        "skipITs=true, c=d, false, CONTAINER INTEGRATION_TESTS",
        "ecs.test.skip=true, skipITs=true, false, CONTAINER INTEGRATION_TESTS",
        "ecs.test.skip=true, skipITs=false, false, CONTAINER",
        "a=b, c=d, true, CONTAINER",
        "skipTests=false, skipTests=true, false,",
    })
    void skippedByThePropertiesOfTheTests(String given, String project, boolean off, String expected) {
        assertThat(Stage.skipped(List.of(properties(given), properties(project)), off))
                .extracting(Stage::name)
                .containsExactly(expected == null ? new String[0] : expected.split(" "));
    }

    private static Properties properties(String entry) {
        Properties properties = new Properties();
        properties.setProperty(entry.split("=", 2)[0], entry.split("=", 2)[1]);
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "ecs:push, PUSH",
        "io.github.ecsmaven:ecs-maven-plugin:push, PUSH",
        "io.github.ecsmaven:ecs-maven-plugin:0.1.0-SNAPSHOT:redeploy@again, ROLLOUT",
        "package ecs:image, IMAGE",
        "package,",
        "test,",
        "ecs:help,",
        "ecs:sandbox-stop,",
        "other:push,"
    })
    void stagesWhenNoPhaseReachesTheTestsAreThoseOfOurGoals(String goals, Stage expected) {
        assertThat(new BuildPlan(List.of(goals.split(" "))).stages())
                .isEqualTo(expected == null ? Set.of() : Set.of(expected));
    }

    @Test
    void stagesWhenAPhaseReachesTheTestsAreAllUpToIt() {
        assertThat(new BuildPlan(List.of("clean", "verify")).stages())
                .startsWith(Stage.COMPILE)
                .endsWith(Stage.INTEGRATION_TESTS);
        assertThat(new BuildPlan(List.of("deploy")).stages())
                .startsWith(Stage.COMPILE)
                .endsWith(Stage.ROLLOUT);
    }

    @Test
    void endWhenAStageHasSeveralGoalsIsTheWorst() {
        StageClock clock = new StageClock(() -> 0, Instant.EPOCH);
        clock.end("start", "orders", Stage.INTEGRATION_TESTS, StageClock.End.DONE, null);
        clock.end("tests", "orders", Stage.INTEGRATION_TESTS, StageClock.End.FAILED, null);
        clock.end("stop", "orders", Stage.INTEGRATION_TESTS, StageClock.End.INTERRUPTED, null);

        assertThat(clock.module("orders").end(Stage.INTEGRATION_TESTS)).isEqualTo(StageClock.End.FAILED);
        assertThat(clock.module("orders").end(Stage.COMPILE)).isEqualTo(StageClock.End.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "ecs-maven-plugin, preflight, initialize, PREFLIGHT",
        "ecs-maven-plugin, preflight, install, PUSH",
        "maven-compiler-plugin, testCompile, test-compile, COMPILE",
        "maven-surefire-plugin, test, test, UNIT_TESTS",
        "maven-jar-plugin, jar, package, PACKAGE",
        "ecs-maven-plugin, start, pre-integration-test, CONTAINER",
        "ecs-maven-plugin, stop, post-integration-test, INTEGRATION_TESTS",
        "maven-failsafe-plugin, verify, verify, INTEGRATION_TESTS",
        "maven-deploy-plugin, deploy, deploy,",
        "exec-maven-plugin, exec,,"
    })
    void ofWhenAGoalRunsKnowsItsStage(String plugin, String goal, String phase, Stage expected) {
        assertThat(Stage.of(plugin, goal, phase).orElse(null)).isEqualTo(expected);
    }
}
