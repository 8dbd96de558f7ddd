package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.ReadError;
import io.github.ecsmaven.report.Secrets;
import io.github.ecsmaven.report.summary.FailureText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTextTest {
    @Test
    void linesWhenAStageFailedBeginWithItAndWhyAndEndWithWhatDidNotRun() {
        assertThat(lines(
                        Map.of("digest", "sha256:1"),
                        stage("compile", BuildRecord.Status.DONE, 1.5),
                        failed("unit tests", "There are test failures.", Optional.of(tests(12))),
                        stage("package", BuildRecord.Status.NOT_RUN, 0),
                        stage("image", BuildRecord.Status.NOT_RUN, 0)))
                .startsWith(
                        "",
                        "ECS summary of orders",
                        "  unit tests            0.4 s  FAILED",
                        "    shop.OrdersTest.case1  expected: 12 but was: 13",
                        "      src/test/java/shop/OrdersTest.java:41",
                        "    shop.OrdersTest.case2  expected: 12 but was: 13")
                .endsWith(
                        "    shop.OrdersTest.case10  expected: 12 but was: 13",
                        "      src/test/java/shop/OrdersTest.java:50",
                        "    and 2 more, see target/unit tests",
                        "  compile               1.5 s",
                        "  package             not run",
                        "  image               not run",
                        "",
                        "  digest             sha256:1");
    }

    @Test
    void linesWhenAFactHasSeveralLinesStandBelowEachOther() {
        assertThat(lines(Map.of("deployment", "orders         ecs-svc/1\norders-worker  ecs-svc/2")))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "",
                        "  deployment         orders         ecs-svc/1",
                        "                     orders-worker  ecs-svc/2");
    }

    @Test
    void linesWhenTheCompilerFailedAreItsOwn() {
        String error = "Compilation failure\n"
                + "src/main/java/shop/Orders.java:[5,13] incompatible types: String cannot be converted to int\n"
                + "src/main/java/shop/Orders.java:[7,9] cannot find symbol\n  symbol:   class Basket\n"
                + "  location: class shop.Orders";
        assertThat(lines(Map.of(), failed("compile", error, Optional.empty())))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  compile               0.4 s  FAILED",
                        "    src/main/java/shop/Orders.java:5: incompatible types: String cannot be converted to int",
                        "    src/main/java/shop/Orders.java:7: cannot find symbol",
                        "");
    }

    @Test
    void linesWhenAStageWasInterruptedOrSkippedSaySo() {
        assertThat(lines(
                        Map.of(),
                        stage("unit tests", BuildRecord.Status.SKIPPED, 0),
                        stage("container start", BuildRecord.Status.INTERRUPTED, 3)))
                .containsExactly(
                        "",
                        "ECS summary of orders",
                        "  container start       3.0 s  interrupted",
                        "  unit tests          skipped",
                        "");
    }

    /** However many modules a build breaks in, their tests don't fill the console. */
    @Test
    void linesOfManyModulesAreFew() {
        FailureText failures = new FailureText();
        BuildRecord.Stage broken = failed("unit tests", "There are test failures.", Optional.of(tests(40)));
        List<String> lines = IntStream.range(0, 30)
                .mapToObj(module ->
                        SummaryText.lines("orders", List.of(broken), Map.of(), failures, stage -> Optional.empty()))
                .flatMap(List::stream)
                .toList();

        assertThat(lines.stream().filter(line -> line.contains("OrdersTest.case")))
                .hasSize(3 * 10 + 27);
        assertThat(lines).contains("    and 39 more");
    }

    private static List<String> lines(Map<String, String> facts, BuildRecord.Stage... stages) {
        return SummaryText.lines(
                "orders", List.of(stages), facts, new FailureText(), stage -> Optional.of("target/" + stage));
    }

    private static BuildRecord.Stage stage(String name, BuildRecord.Status status, double seconds) {
        return new BuildRecord.Stage(name, status, Optional.empty(), seconds, Optional.empty(), Optional.empty());
    }

    private static BuildRecord.Stage failed(String name, String error, Optional<BuildRecord.Tests> tests) {
        return new BuildRecord.Stage(
                name,
                BuildRecord.Status.FAILED,
                Optional.empty(),
                0.4,
                Optional.of(ReadError.of(error, Secrets.NONE)),
                tests);
    }

    private static BuildRecord.Tests tests(int failed) {
        return new BuildRecord.Tests(
                failed + 5,
                failed,
                0,
                0,
                IntStream.rangeClosed(1, failed)
                        .mapToObj(number -> new BuildRecord.Failure(
                                "shop.OrdersTest.case" + number,
                                "expected: 12 but was: 13",
                                Optional.of("src/test/java/shop/OrdersTest.java"),
                                Optional.of(40 + number)))
                        .toList());
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
