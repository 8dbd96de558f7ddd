package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.report.RecordSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stage a build fails in: the console, the record and the page show exactly that one as failed. */
@Execution(ExecutionMode.CONCURRENT)
class FailedStagesIT {
    private static final String GROUP = "failed-stages";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";
    private static final String CLOCK_IT = "src/test/java/shop/clock/ClockIT.java";

    private static final String NO_SUCH =
            "<dependency><groupId>shop</groupId><artifactId>no-such</artifactId><version>1</version></dependency>";
    /** A second jar in the first one's place is refused. */
    private static final String CHECK = """
            <plugin><artifactId>maven-jar-plugin</artifactId><executions><execution>
              <id>check</id><phase>verify</phase><goals><goal>jar</goal></goals>
            </execution></executions></plugin>
            """;

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    /**
     * @param breaking makes the build fail
     * @param call the phase or goals, and their properties
     * @param says first line below the stage in the summary, a pattern
     */
    record Case(String stage, String name, UnaryOperator<MavenBuild> breaking, List<String> call, String says) {
        @Override
        public String toString() {
            return stage + ", " + name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "preflight",
                        "no profile",
                        build -> build.with("-Decs.region=eu-west-1", "-Decs.profile=no-such"),
                        List.of("deploy"),
                        "No AWS credentials were found.*"),
                new Case(
                        "compile",
                        "missing dependency",
                        build -> build.edit("pom.xml", "<dependencies>", "<dependencies>" + NO_SUCH),
                        // Else Maven asks a repository that isn't there.
                        List.of("verify", "-o"),
                        "Could not resolve dependencies for project .*"),
                new Case(
                        "other goals",
                        "check in verify",
                        build -> build.with("-Decs.from.image=scratch")
                                .edit("pom.xml", "    <plugins>\n      <plugin>", "    <plugins>" + CHECK + "<plugin>"),
                        List.of("verify", "-Dmaven.test.skip"),
                        ".*classifier.*"),
                new Case(
                        "other goals",
                        "no such phase",
                        build -> build,
                        List.of("verify", "verfiy"),
                        "Unknown lifecycle phase \"verfiy\".*"),
                new Case(
                        "compile",
                        "tests",
                        build -> build.edit(CLOCK_IT, "class ClockIT {", "class ClockIT {\n    Basket basket;\n"),
                        List.of("verify"),
                        "src/test/java/shop/clock/ClockIT\\.java:13: cannot find symbol"),
                new Case(
                        "unit tests",
                        "assertion",
                        build -> build.write("src/test/java/shop/clock/LateTest.java", lateTest()),
                        List.of("verify"),
                        "shop\\.clock\\.LateTest\\.isLate  late ==> expected: <1> but was: <2>\\R"
                                + ".*      src/test/java/shop/clock/LateTest\\.java:8"),
                new Case(
                        "package",
                        "folder in the jar's place",
                        build -> build.with("-Decs.from.image=scratch").write("target/clock-1.0.0.jar/file", ""),
                        List.of("verify", "-Dmaven.test.skip"),
                        "Error assembling JAR.*"),
                new Case(
                        "image",
                        "no base",
                        build -> build.with("-Decs.from.image=docker://ecs-maven-plugin/no-such-base:1"),
                        List.of("verify"),
                        ".*ecs-maven-plugin/no-such-base:1.*"),
                new Case(
                        "container start",
                        "exit",
                        FailedStagesIT::exits,
                        List.of("verify"),
                        "The container .*exit code 1.*"),
                new Case(
                        "integration tests",
                        "assertion",
                        build -> build.edit(CLOCK_IT, "+09:00", "+08:00"),
                        List.of("verify"),
                        "shop\\.clock\\.ClockIT\\.answersForTheZoneThatWasAsked  expected: <\\+08:00> but was: <\\+09:00>\\R"
                                + ".*      src/test/java/shop/clock/ClockIT\\.java:\\d+"),
                new Case(
                        "push",
                        "finding",
                        build -> build.with(
                                "-Decs.from.image=scratch",
                                "-Decs.scan.failOn=CRITICAL",
                                "-Decs.repository.scanOnPush=true",
                                "-Decs.repository=scanned",
                                "-Decs.repository.tags=sandbox:scan=CRITICAL=1"),
                        List.of("deploy", "-Dmaven.test.skip", "-Decs.sandbox=true"),
                        ".*found 1 of CRITICAL.*"),
                new Case(
                        "rollout",
                        "no java in the image",
                        build -> build.with("-Decs.from.image=scratch"),
                        List.of("deploy", "-Dmaven.test.skip", "-Decs.sandbox=true"),
                        ".*clock.*"));
    }

    private static MavenBuild exits(MavenBuild build) {
        return build.edit(
                CLOCK, "HttpServer server", "if (true) throw new IllegalStateException();\nHttpServer server");
    }

    private static String lateTest() {
        return """
                package shop.clock;

                import org.junit.jupiter.api.*;

                class LateTest {
                    @Test
                    void isLate() {
                        Assertions.assertEquals(1, 2, "late");
                    }
                }
                """;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void exactlyTheStageThatFailedIsShownAsFailed(Case it) {
        MavenBuild build =
                it.breaking().apply(MavenBuild.clock(GROUP, (it.stage() + "-" + it.name()).replaceAll("[^a-z]", "-")));

        assertShownAsFailed(build, build.run(it.call().toArray(String[]::new)), it.stage(), it.says());
    }

    private static void assertShownAsFailed(MavenBuild build, MavenBuild.Outcome outcome, String stage, String says) {
        assertThat(outcome.exit()).as(outcome.console()).isNotZero();
        String summary = outcome.console().split("ECS summary of clock\\R")[1].split("\\[INFO] ---")[0];
        assertThat(summary).containsPattern("\\A\\S+   " + stage + " +[0-9.]+ m?s  FAILED\\R\\S+     " + says);
        assertThat(matches(summary, "FAILED")).hasSize(1);

        RecordSchema.accepts(build.record("report.json"));
        JsonNode stages = build.record("report.json").at("/modules/0/stages");
        List<String> names = stages.findValuesAsText("stage");
        int failed = names.indexOf(stage);
        assertThat(StreamSupport.stream(stages.spliterator(), false)
                        .filter(one -> one.get("status").asText().equals("FAILED"))
                        .map(one -> one.get("stage").asText()))
                .containsExactly(stage);
        assertThat(names.subList(failed + 1, names.size())).allSatisfy(later -> assertThat(
                        stages.get(names.indexOf(later)).get("status").asText())
                .isEqualTo("NOT_RUN"));

        String page = String.join("\n", build.lines("target/ecs/report.html"));
        assertThat(matches(page, "<td class=\"f\">.*?<span class=\"v\">([a-z ]+) failed after</span>"))
                .containsExactly(stage);
    }

    /** Whatever a Maven does with its output. */
    @ParameterizedTest
    @ValueSource(strings = {"3.9.12", "4.0.0-rc-5"})
    void inGitHubActionsTheLineIsAnnotatedAndTheStepSummarized(String maven) {
        String name = "github-" + maven;
        Path workspace = Path.of("target", "e2e").toAbsolutePath();
        MavenBuild build = MavenBuild.clock(GROUP, name)
                .maven(maven)
                .edit(CLOCK, "String zone)", "int zone)")
                .environment("GITHUB_ACTIONS", "true")
                .environment("GITHUB_WORKSPACE", workspace.toString())
                .environment(
                        "GITHUB_STEP_SUMMARY",
                        workspace
                                .resolve(GROUP)
                                .resolve(name)
                                .resolve("step.md")
                                .toString());

        MavenBuild.Outcome outcome = build.run("verify");

        assertShownAsFailed(
                build,
                outcome,
                "compile",
                "src/main/java/shop/clock/Clock\\.java:25: incompatible types: int cannot be converted to java\\.lang\\.String");
        assertThat(outcome.console().lines().filter(line -> line.startsWith("::error ")))
                .isNotEmpty()
                .allMatch(line -> line.matches("::error file=" + GROUP + "/" + name + "/" + CLOCK
                        + ",line=\\d+,title=compile failed::incompatible types: .*"));
        assertThat(build.lines("step.md"))
                .anyMatch(line -> line.matches("## ❌ clock 1\\.0\\.0 &#35;\\d+ failed"))
                .anyMatch(line -> line.matches("\\| compile \\| ❌ \\*\\*failed\\*\\* \\| [0-9.]+ s \\|  \\|"))
                .contains("| integration tests | not run |  |  |");
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(found.groupCount()))
                .toList();
    }

    @Test
    void stagesThatPropertiesLeaveOutAreSkippedAndTheOthersTraced() throws IOException {
        Queue<String> traces = new ConcurrentLinkedQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            traces.add(exchange.getRequestHeaders().getFirst("Api-Key")
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            MavenBuild build = MavenBuild.clock(GROUP, "skipped")
                    .with("-Decs.from.image=scratch", "-X")
                    .environment(
                            "OTEL_EXPORTER_OTLP_ENDPOINT",
                            "http://127.0.0.1:" + collector.getAddress().getPort())
                    .environment("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cr3t");

            MavenBuild.Outcome outcome = build.run("verify", "-DskipTests").succeeds();

            assertThat(outcome.console())
                    .containsPattern("unit tests +skipped\\R")
                    .doesNotContain("No trace was sent");
            assertThat(outcome.console().lines().filter(line -> line.contains("s3cr3t") && !line.contains("env.OTEL")))
                    .isEmpty();
            JsonNode stages = build.record("report.json").at("/modules/0/stages");
            assertThat(stages.findValuesAsText("stage"))
                    .containsExactly(
                            "compile", "unit tests", "package", "image", "container start", "integration tests");
            assertThat(stages.findValuesAsText("status"))
                    .containsExactly("DONE", "SKIPPED", "DONE", "DONE", "SKIPPED", "SKIPPED");
            assertThat(traces).singleElement().asString().startsWith("s3cr3t{");
            assertThat(new ObjectMapper()
                            .readTree(traces.element().substring("s3cr3t".length()))
                            .at("/resourceSpans/0/scopeSpans/0/spans")
                            .findValuesAsText("name"))
                    .hasSize(4)
                    .endsWith("compile", "package", "image");
        } finally {
            collector.stop(0);
        }
    }
}
