package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Builds that are cut off, builds at once, and a sandbox that is killed. */
class InterruptionIT {
    private static final String GROUP = "interruption";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WAITING = "The test waits";

    private List<String> before = List.of();

    @BeforeEach
    void look() {
        before = Containers.temporary();
    }

    @AfterEach
    void nothingIsLeft() {
        Containers.awaitNoneBut(before);
    }

    @AfterAll
    static void stop() {
        MavenBuild.stopSandbox(GROUP);
    }

    @Test
    void ctrlCDuringTheTestsEndsTheContainer() {
        MavenBuild build = waiting("ctrl-c");
        MavenBuild.RunningBuild running = build.startDeploy().awaitLine(WAITING);

        MavenBuild.Outcome outcome = running.signalGroup("INT").finish(SOON);

        assertThat(outcome.exit()).isNotZero();
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    @Test
    void sigtermDuringTheTestsEndsTheContainer() {
        MavenBuild build = waiting("sigterm");

        build.startDeploy().awaitLine(WAITING).signal("TERM").finish(SOON);

        assertThat(build.hasRecord("push.json")).isFalse();
    }

    @Test
    void killedMavenLeavesNoContainerAndTheNextBuildWorks() {
        waiting("killed").startDeploy().awaitLine(WAITING).signal("KILL").finish(SOON);
        Containers.awaitNoneBut(before);

        MavenBuild.of("plain-http", GROUP, "killed").deploy().succeeds();
    }

    @Test
    void killedSandboxComesBackWithWhatItHad() throws IOException, InterruptedException {
        MavenBuild build = MavenBuild.of("plain-http", GROUP, "sandbox-killed")
                .with("-Decs.service=kept", "-Decs.repository=kept");
        build.deploy().succeeds();
        long pid = SandboxView.of(GROUP).pid();
        String url = url(build);

        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor())
                .isZero();
        Await.until("the sandbox is gone", SOON, () -> ProcessHandle.of(pid)
                .map(p -> !p.isAlive())
                .orElse(true));
        build.edit("src/main/java/shop/clock/Clock.java", "\"zone\", zone", "\"place\", zone")
                .deploy()
                .succeeds();

        assertThat(url(build)).isEqualTo(url);
        assertThat(SandboxView.of(GROUP).images("kept")).isEqualTo(2);
        assertThat(SandboxView.get(url + "/time?zone=UTC")).contains("\"place\"");
    }

    @Test
    void twoBuildsAtOnceDoNotMeet() {
        MavenBuild first =
                MavenBuild.of("plain-http", GROUP, "at-once-1").with("-Decs.service=first", "-Decs.repository=first");
        MavenBuild second =
                MavenBuild.of("plain-http", GROUP, "at-once-2").with("-Decs.service=second", "-Decs.repository=second");

        MavenBuild.RunningBuild one = first.startDeploy();
        MavenBuild.RunningBuild two = second.startDeploy();

        one.finish(Duration.ofMinutes(4)).succeeds();
        two.finish(Duration.ofMinutes(4)).succeeds();
        assertThat(url(first)).isNotEqualTo(url(second));
        assertThat(SandboxView.get(url(first) + "/time?zone=UTC")).contains("\"Z\"");
        assertThat(SandboxView.get(url(second) + "/time?zone=UTC")).contains("\"Z\"");
    }

    /** A build whose integration test says that it runs, and then waits to be interrupted. */
    private static MavenBuild waiting(String name) {
        return MavenBuild.of("plain-http", GROUP, name)
                .edit(
                        "src/test/java/shop/clock/ClockIT.java",
                        "URI uri =",
                        "System.out.println(\"" + WAITING
                                + "\"); new java.util.concurrent.CountDownLatch(1).await();\n        URI uri =");
    }

    private static String url(MavenBuild build) {
        return build.record("redeploy.json").get("services").get(0).get("url").asText();
    }
}
