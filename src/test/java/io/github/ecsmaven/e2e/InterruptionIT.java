package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.InterruptSignal;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Builds that are cut off, builds at once, and a sandbox that is killed. */
class InterruptionIT {
    private static final String GROUP = "interruption";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WAITING = "The test waits";

    @BeforeAll
    static void forget() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        MavenBuild.stopSandbox(GROUP);
    }

    @Test
    void ctrlCDuringTheTestsEndsTheContainer() {
        InterruptSignal.assumeHeeded("INT");
        MavenBuild build = waiting("ctrl-c");

        MavenBuild.Outcome outcome =
                build.startDeploy().awaitLine(WAITING).signalGroup("INT").finish(SOON);

        assertThat(outcome.exit()).isNotZero();
        assertCalledInterrupted(outcome);
        build.awaitNoContainer();
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    @Test
    void sigtermDuringTheTestsEndsTheContainer() {
        MavenBuild build = waiting("sigterm");

        MavenBuild.Outcome outcome =
                build.startDeploy().awaitLine(WAITING).signal("TERM").finish(SOON);

        assertCalledInterrupted(outcome);
        build.awaitNoContainer();
        assertThat(build.hasRecord("push.json")).isFalse();
    }

    /** The JVM may end before the summary; what of it is told calls nothing failed. */
    private static void assertCalledInterrupted(MavenBuild.Outcome outcome) {
        assertThat(outcome.console()).doesNotContain("FAILED").doesNotContainPattern("Next: *\\R");
    }

    @Test
    void killedMavenLeavesNoContainerAndTheNextBuildWorks() {
        MavenBuild build = waiting("killed");

        build.startDeploy().awaitLine(WAITING).signal("KILL").finish(SOON);

        build.awaitNoContainer();
        clock("killed").deploy().succeeds();
    }

    @Test
    void killedSandboxComesBackWithWhatItHad() throws IOException, InterruptedException {
        MavenBuild build = clock("sandbox-killed").with("-Decs.service=kept", "-Decs.repository=kept");
        build.deploy().succeeds();
        long pid = SandboxView.of(GROUP).pid();
        String url = build.url();

        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor())
                .isZero();
        Await.until("the sandbox is gone", SOON, () -> ProcessHandle.of(pid)
                .map(p -> !p.isAlive())
                .orElse(true));
        build.edit("src/main/java/shop/clock/Clock.java", "\"zone\", zone", "\"place\", zone")
                .deploy()
                .succeeds();

        assertThat(build.url()).isEqualTo(url);
        assertThat(SandboxView.of(GROUP).images("kept")).isEqualTo(2);
        assertThat(SandboxView.get(url + "/time?zone=UTC")).contains("\"place\"");
    }

    @Test
    void twoBuildsAtOnceDoNotMeet() {
        MavenBuild first = clock("at-once-1").with("-Decs.service=first", "-Decs.repository=first");
        MavenBuild second = clock("at-once-2").with("-Decs.service=second", "-Decs.repository=second");

        MavenBuild.RunningBuild one = first.startDeploy();
        MavenBuild.RunningBuild two = second.startDeploy();

        one.finish(Duration.ofMinutes(4)).succeeds();
        two.finish(Duration.ofMinutes(4)).succeeds();
        assertThat(first.url()).isNotEqualTo(second.url());
        assertThat(SandboxView.get(first.url() + "/time?zone=UTC")).contains("\"Z\"");
        assertThat(SandboxView.get(second.url() + "/time?zone=UTC")).contains("\"Z\"");
    }

    /** A build whose integration test says that it runs, and then waits to be interrupted. */
    private static MavenBuild waiting(String name) {
        return clock(name)
                .edit(
                        "src/test/java/shop/clock/ClockIT.java",
                        "URI uri =",
                        "System.out.println(\"" + WAITING
                                + "\"); new java.util.concurrent.CountDownLatch(1).await();\n        URI uri =");
    }

    private static MavenBuild clock(String name) {
        return MavenBuild.clock(GROUP, name);
    }
}
