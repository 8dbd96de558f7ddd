package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Deploys that must not go through: the service that ran before them serves on. */
class RolloutFaultsIT {
    private static final String GROUP = "rollout-faults";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";

    @AfterAll
    static void stop() {
        MavenBuild.stopSandbox(GROUP);
    }

    @Test
    void portThatIsTakenOnTheHostDoesNotMatter() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            // Taken by us, or by somebody else already: both will do.
            if (isFree(8080)) {
                taken.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
            }
            clock("port-taken").run("verify").succeeds();
        }
    }

    @Test
    void failedIntegrationTestLeavesRegistryAndServiceAsTheyWere() {
        List<String> before = Containers.temporary();
        MavenBuild build = clock("test-fails").with("-Decs.service=tested", "-Decs.repository=tested");
        build.deploy().succeeds();
        String url = url(build);
        SandboxView aws = SandboxView.of(GROUP);
        String revision = aws.service("uat", "tested").taskDefinition();

        MavenBuild.Outcome outcome = build.edit(CLOCK, "\"offset\", now.getOffset().getId()", "\"offset\", \"+00:00\"")
                .deploy();

        assertThat(outcome.exit()).as(outcome.console()).isNotZero();
        assertThat(outcome.console()).contains("ClockIT").contains("The clock ticks on port 8080");
        assertThat(aws.images("tested")).isEqualTo(1);
        assertThat(aws.service("uat", "tested").taskDefinition()).isEqualTo(revision);
        assertThat(SandboxView.get(url + "/time?zone=Asia/Tokyo")).contains("+09:00");
        Containers.awaitNoneBut(before);
    }

    @Test
    void newVersionThatCrashesInEcsFailsTheBuildAndTheOldOneServes() {
        MavenBuild build = clock("crashes").with("-Decs.service=crashing", "-Decs.repository=crashing");
        build.deploy().succeeds();
        String url = url(build);
        String revision = SandboxView.of(GROUP).service("uat", "crashing").taskDefinition();

        build.edit(
                        CLOCK,
                        "server.start();",
                        "if (System.getenv(\"TESTED\") == null) throw new IllegalStateException(\"DB_URL is not set\"); server.start();")
                .with("-Decs.test.environment.TESTED=yes")
                .deploy()
                .failsWith("crashing in uat", "exit code 1", "DB_URL is not set");

        assertThat(SandboxView.get(url + "/time?zone=Asia/Tokyo")).contains("+09:00");
        assertThat(SandboxView.of(GROUP).service("uat", "crashing").taskDefinition())
                .isEqualTo(revision);
    }

    @Test
    void redeployIsRollingAtTheSameUrlWithoutAFailedRequest() {
        MavenBuild build = clock("rolling").with("-Decs.service=rolling", "-Decs.repository=rolling");
        build.deploy().succeeds();
        String url = url(build);

        try (Requests requests = Requests.to(url + "/time?zone=UTC")) {
            build.edit(CLOCK, "\"zone\", zone", "\"place\", zone").deploy().succeeds();
            assertThat(requests.failures()).isEmpty();
            assertThat(requests.count()).isPositive();
        }
        assertThat(url(build)).isEqualTo(url);
        assertThat(SandboxView.get(url + "/time?zone=UTC")).contains("\"place\"");
    }

    @Test
    void missingClusterAndServiceOfAwsAreNamed() {
        MavenBuild build = clock("missing").with("-Decs.repository=missing", "-Decs.service=present");
        build.deploy().succeeds();

        asOnAws(clock("no-service"), "-Decs.repository=missing", "-Decs.service=no-such-service")
                .run("deploy")
                .failsWith("no-such-service", "ecs.service");
        asOnAws(clock("no-cluster"), "-Decs.repository=missing", "-Decs.cluster=no-such-cluster")
                .run("deploy")
                .failsWith("no-such-cluster", "ecs.cluster");
    }

    @Test
    void ambiguousContainerIsAskedFor() {
        MavenBuild build = clock("ambiguous").with("-Decs.repository=ambiguous", "-Decs.service=ambiguous");
        build.deploy().succeeds();
        try (EcsClient ecs = SandboxView.of(GROUP).ecs()) {
            ecs.registerTaskDefinition(r -> r.family("two").containerDefinitions(container("one"), container("two")));
            ecs.createService(r ->
                    r.cluster("uat").serviceName("two").taskDefinition("two").desiredCount(0));
        }

        build.with("-Decs.service=two").deploy().failsWith("2 containers", "one", "two", "ecs.containerName");
    }

    private static ContainerDefinition container(String name) {
        return ContainerDefinition.builder()
                .name(name)
                .image("example/" + name + ":1")
                .essential(true)
                .memory(64)
                .build();
    }

    /** Against the sandbox, but as a stranger would be: nothing is created on first use. */
    private static MavenBuild asOnAws(MavenBuild build, String... properties) {
        SandboxView aws = SandboxView.of(GROUP);
        return build.with(properties)
                .with("-Decs.endpoint=" + aws.endpoint(), "-Decs.region=" + aws.text("region"))
                .environment("AWS_ACCESS_KEY_ID", aws.text("accessKeyId"))
                .environment("AWS_SECRET_ACCESS_KEY", aws.text("secretAccessKey"));
    }

    private static MavenBuild clock(String name) {
        return MavenBuild.of("plain-http", GROUP, name);
    }

    private static String url(MavenBuild build) {
        return build.record("redeploy.json").get("services").get(0).get("url").asText();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
