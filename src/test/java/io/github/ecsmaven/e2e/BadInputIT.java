package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong with a project or its machine is said at once; nothing was changed, and nothing is left. */
class BadInputIT {
    private static final String GROUP = "bad-input";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";

    @Test
    void noEngineIsSaidWithWhereItWasLookedFor() {
        MavenBuild build = clock("no-engine").environment("DOCKER_HOST", "unix:///nowhere/docker.sock");

        build.run("verify").failsWith("No Docker engine answers", "/nowhere/docker.sock", "DOCKER_HOST");
    }

    @Test
    void testAndPackageAskNeitherForAnEngineNorForAws() {
        MavenBuild build = clock("package");
        try (UnusedPort engine = new UnusedPort();
                UnusedPort aws = new UnusedPort()) {
            build.environment("DOCKER_HOST", "tcp://" + engine.address())
                    .environment("AWS_ENDPOINT_URL", "http://" + aws.address())
                    .environment("AWS_REGION", "eu-west-1")
                    .environment("AWS_ACCESS_KEY_ID", "test")
                    .environment("AWS_SECRET_ACCESS_KEY", "test");

            String console = build.run("test", "package").succeeds().console();

            assertThat(console).doesNotContain("ecs-maven-plugin:", "ECS summary");
            assertThat(engine.connections()).as("connections to the engine").isZero();
            assertThat(aws.connections()).as("connections to AWS").isZero();
        }
        assertThat(build.hasRecord("image.json")).isFalse();
    }

    @Test
    void withTestsSkippedNoEngineIsNeeded() throws Exception {
        Path base = Path.of("target", "e2e", "base.tar").toAbsolutePath();
        assumeThat(Tool.isThere("docker"))
                .as("skipped: there is no docker command here, which would save the base image")
                .isTrue();
        Files.createDirectories(base.getParent());
        new Tool(Map.of()).run("docker", "save", "-o", base.toString(), "ecs-maven-plugin/java:17");
        MavenBuild build = clock("no-tests")
                .environment("DOCKER_HOST", "unix:///nowhere/docker.sock")
                .with("-Decs.from.image=tar://" + base);

        build.run("verify", "-DskipITs").succeeds();
        assertThat(build.record("image.json").get("loaded").asBoolean()).isFalse();
    }

    @Test
    void baseImageThatIsNotThereIsNamed() {
        MavenBuild build = clock("no-base").with("-Decs.from.image=docker://ecs-maven-plugin/no-such-base:1");

        build.run("verify").failsWith("ecs-maven-plugin/no-such-base:1", "ecs.from.image");
        assertThat(build.hasRecord("image.json")).isFalse();
    }

    @Test
    void noMainClassSaysHowToNameOne() {
        MavenBuild build = clock("no-main").edit(CLOCK, "void main(", "void begin(");

        build.run("verify").failsWith("No main class was found", "ecs.container.mainClass");
    }

    @Test
    void badValuesAreRefusedBeforeAnythingIsDone() throws IOException {
        MavenBuild build = clock("bad-values")
                .edit("pom.xml", "<ecs.service>", "<ecs.mode>fast</ecs.mode><ecs.service>")
                .edit(
                        "pom.xml",
                        "<extensions>",
                        "<configuration><cluster>staging</cluster></configuration><extensions>")
                .with("-Decs.test.port=abc", "-Decs.scan.failOn=BAD", "-Decs.cluster=production");

        build.run("deploy", "-Decs.sandbox=true")
                .failsWith(
                        "'fast' is not known (ecs.mode)",
                        "'abc' is not a port (ecs.test.port)",
                        "'BAD' is not a severity",
                        "-Decs.cluster=production has no effect: <cluster> in the plugin's <configuration>");
        assertThat(build.lines("build.log")).as("not compiled").noneMatch(line -> line.contains(":compile "));
    }

    @Test
    void severalMainClassesAreListed() {
        MavenBuild build = clock("two-mains")
                .write(
                        "src/main/java/shop/clock/Other.java",
                        "package shop.clock;\n\npublic class Other {\n  public static void main(String[] args) {}\n}\n");

        build.run("verify")
                .failsWith(
                        "2 possible main classes", "shop.clock.Clock", "shop.clock.Other", "ecs.container.mainClass");
    }

    @Test
    void appThatExitsAtStartIsReportedWithCodeAndLog() {
        MavenBuild build = clock("exits")
                .edit(
                        CLOCK,
                        "HttpServer server",
                        "if (true) throw new IllegalStateException(\"DB_URL is not set\");\nHttpServer server");

        build.run("verify").failsWith("exit code 1", "DB_URL is not set");
        MavenBuild.Outcome refused = build.run("ecs:push", "-Decs.sandbox=true");
        refused.failsWith("has not passed the integration tests");
        assertThat(refused.console())
                .containsPattern("ECS summary of clock\\R.*  push .* FAILED\\R")
                .doesNotContain("not run");
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    /** The second call fails while its container is up, and nobody stops that but the session's end. */
    @Test
    void imageWhoseContainerWasStartedAndStoppedByHandIsNotTested() {
        MavenBuild build = clock("by-hand");

        build.run("package", "ecs:image", "ecs:start", "ecs:stop").succeeds().says("doesn't count as tested");
        MavenBuild.Outcome refused =
                build.start("ecs:start", "ecs:push", "-Decs.sandbox=true").finish(Duration.ofMinutes(1));
        refused.failsWith("has not passed the integration tests").says("Container ready at ");
        assertThat(build.containers()).as("when Maven has ended").isEmpty();
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    @Test
    void appThatNeverGetsReadyIsReportedWithItsLastAnswer() {
        MavenBuild build = clock("never-ready")
                .edit(
                        CLOCK,
                        "server.start();",
                        "server.createContext(\"/ready\", e -> { e.sendResponseHeaders(503, -1); e.close(); }); server.start();")
                .with("-Decs.test.wait.path=/ready", "-Decs.test.timeout=8s");

        build.run("verify").failsWith("503 from GET /ready", "ecs.test.timeout");
    }

    @Test
    void unknownPropertyIsAWarningWithTheNearestName() {
        MavenBuild build = clock("typo")
                .edit("pom.xml", "<ecs.service>", "<ecs.containr.user>1000</ecs.containr.user><ecs.service>")
                .with("-Decs.tset.timeout=30s");

        String console = build.run("validate").succeeds().console();
        assertThat(console).containsPattern("WARN.*ecs\\.containr\\.user.*ecs\\.container\\.user");
        assertThat(console).containsPattern("WARN.*ecs\\.tset\\.timeout.*ecs\\.test\\.timeout");
    }

    @Test
    void missingRegionAndCredentialsAreSaidAndNothingIsPushed() {
        MavenBuild build = withoutAccount(clock("no-account"));

        build.run("deploy")
                .failsWith("No AWS region is known", "ecs.region")
                .says("preflight", "FAILED", "integration tests", "not run");
        build.run("deploy", "-Decs.region=eu-west-1").failsWith("No AWS credentials were found");
        assertThat(build.hasRecord("image.json")).as("seen before the build").isFalse();
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    @Test
    void portThatIsTakenOnTheHostDoesNotMatter() throws IOException {
        MavenBuild build = clock("port-taken");
        try (ServerSocket taken = new ServerSocket()) {
            // Taken by us, or by somebody else already: both will do.
            if (isFree(8080)) {
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
            }
            build.run("verify").succeeds();
        }
        assertThat(build.hasRecord("image.json")).isTrue();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static MavenBuild clock(String name) {
        return MavenBuild.clock(GROUP, name);
    }

    /** Without the machine's own AWS settings, and without asking for an instance's. */
    private static MavenBuild withoutAccount(MavenBuild build) {
        return build.environment("AWS_CONFIG_FILE", "/nowhere/config")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials")
                .environment("AWS_EC2_METADATA_DISABLED", "true");
    }
}
