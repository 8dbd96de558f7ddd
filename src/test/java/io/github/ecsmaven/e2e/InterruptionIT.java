package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.InterruptSignal;
import io.github.ecsmaven.container.TestImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that are cut off, builds at once, and a sandbox that is killed. */
class InterruptionIT {
    private static final String GROUP = "interruption";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String WAITING = "The test waits";

    private static final MavenBuild FIRST = clock("at-once-1").with("-Decs.service=first", "-Decs.repository=first");
    private static final MavenBuild SECOND = clock("at-once-2").with("-Decs.service=second", "-Decs.repository=second");

    @TempDir
    static Path scratch;

    @BeforeAll
    static void deployTwoAtOnce() {
        MavenBuild.forgetSandbox(GROUP);
        MavenBuild.RunningBuild one = FIRST.startDeploy();
        MavenBuild.RunningBuild two = SECOND.startDeploy();
        one.finish(Duration.ofMinutes(4)).succeeds();
        two.finish(Duration.ofMinutes(4)).succeeds();
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void ctrlCDuringTheTestsEndsTheContainerAndItsService() throws IOException {
        InterruptSignal.assumeHeeded("INT");
        String image = "ecs-interruption-test:stub-" + ProcessHandle.current().pid();
        TestImage.make(scratch, image, "EXPOSE 8080");
        MavenBuild build = waiting("ctrl-c").with("-Decs.test.services=stub=" + image);
        try {
            MavenBuild.Outcome outcome =
                    build.startDeploy().awaitLine(WAITING).signalGroup("INT").finish(SOON);

            outcome.says("Service stub ready at ");
            assertThat(outcome.exit()).isNotZero();
            assertCalledInterrupted(outcome);
            build.awaitNoContainer();
            assertThat(build.hasRecord("push.json")).isFalse();
        } finally {
            TestImage.remove(image);
        }
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
        long pid = SandboxView.of(GROUP).pid();
        String url = FIRST.url();

        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor())
                .isZero();
        Await.until("the sandbox is gone", SOON, () -> ProcessHandle.of(pid)
                .map(p -> !p.isAlive())
                .orElse(true));
        FIRST.edit("src/main/java/shop/clock/Clock.java", "\"zone\", zone", "\"place\", zone")
                .deploy()
                .succeeds();

        assertThat(FIRST.url()).isEqualTo(url);
        assertThat(SandboxView.of(GROUP).images("first")).isEqualTo(2);
        assertThat(SandboxView.get(url + "/time?zone=UTC")).contains("\"place\"");
    }

    @Test
    void twoBuildsAtOnceDoNotMeet() {
        assertThat(FIRST.url()).isNotEqualTo(SECOND.url());
        assertThat(SandboxView.get(FIRST.url() + "/time?zone=UTC")).contains("\"Z\"");
        assertThat(SandboxView.get(SECOND.url() + "/time?zone=UTC")).contains("\"Z\"");
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
