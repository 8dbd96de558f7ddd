package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ecsmaven.InterruptSignal;
import io.github.ecsmaven.container.TestImage;
import io.github.ecsmaven.report.BuildRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/** Builds that are cut off, builds at once, and a sandbox that is killed. */
class InterruptionIT {
    private static final String GROUP = "interruption";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String WAITING = "The test waits";
    private static final String TEST = "src/test/java/shop/clock/ClockIT.java";
    private static final String WAIT =
            "System.out.println(\"" + WAITING + "\"); new java.util.concurrent.CountDownLatch(1).await();\n        ";
    private static final Pattern EXPORT = Pattern.compile("export ([A-Z_]+)=(\\S+)");

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
            assertRecordedAsInterrupted(build);
        } finally {
            TestImage.remove(image);
        }
    }

    @Test
    void sigtermDuringTheTestsEndsTheContainer() throws IOException {
        MavenBuild build = waiting("sigterm");
        try (ServerSocket collector = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            build.environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getLocalPort());

            MavenBuild.Outcome outcome =
                    build.startDeploy().awaitLine(WAITING).signal("TERM").finish(SOON);

            assertCalledInterrupted(outcome);
            // A collector that says nothing is waited for no longer than the CI waits.
            outcome.says("No trace was sent: ", "no answer within 1000 ms");
            build.awaitNoContainer();
            assertThat(build.hasRecord("push.json")).isFalse();
            assertRecordedAsInterrupted(build);
        }
    }

    private static void assertRecordedAsInterrupted(MavenBuild build) {
        assertThat(build.history()).singleElement().satisfies(record -> {
            assertThat(record.outcome()).isEqualTo(BuildRecord.Outcome.INTERRUPTED);
            assertThat(record.modules().get(0).stages())
                    .filteredOn(stage -> stage.stage().equals("integration tests"))
                    .extracting(BuildRecord.Stage::status)
                    .containsExactly(BuildRecord.Status.INTERRUPTED);
        });
    }

    /** A change of the task definition alone: there is nothing to build. */
    @Test
    void ctrlCDuringTheRolloutSaysThatItGoesOn() {
        InterruptSignal.assumeHeeded("INT");

        MavenBuild.Outcome outcome = SECOND.again()
                .with("-Decs.service=second", "-Decs.taskDefinition.memory=1024")
                .start("ecs:redeploy", "-Decs.sandbox=true")
                .awaitLine("new 0/1")
                .signalGroup("INT")
                .finish(SOON);

        assertThat(outcome.console())
                .containsPattern("\\[WARNING\\] Interrupted: deployment ecs-svc/\\S+ of second goes on in ECS; mvn"
                        + " ecs:rollback -Decs.sandbox -Decs.cluster=uat -Decs.service=second -Decs.to=\\S+:\\d+ brings"
                        + " revision \\d+ back, the same build run again follows it\\.");
    }

    /** The JVM may end before the summary; what of it is told calls nothing failed, and what is told last was no success. */
    private static void assertCalledInterrupted(MavenBuild.Outcome outcome) {
        assertThat(outcome.console())
                .contains("Container ready at ")
                .doesNotContain("FAILED", "Pushed ", "BUILD SUCCESS")
                .doesNotContainPattern("Next: *\\R");
        if (outcome.console().contains("ECS summary of clock")) {
            assertThat(outcome.console()).containsPattern(" integration tests +[0-9.]+ s  interrupted\\R");
        }
    }

    @Test
    void killedMavenLeavesNoContainerAndTheNextBuildWorks() {
        MavenBuild build = waiting("killed");

        build.startDeploy().awaitLine(WAITING).signal("KILL").finish(SOON);

        build.awaitNoContainer();
        assertThat(build.hasRecord("image.json"))
                .as("left by the build that was killed")
                .isTrue();
        build.edit(TEST, WAIT, "").deploy().succeeds();
        build.ran("shop.clock.ClockIT", 1);
        assertThat(build.record("push.json").get("digest"))
                .isEqualTo(build.record("image.json").get("digest"));
    }

    /** Killed before the update is sent, and again while it watches; the third time the same build comes to its end. */
    @Test
    void killedRolloutIsTakenUpByTheSameBuildWithOneRevisionAndOneDeployment() {
        SandboxView aws = SandboxView.of(GROUP);
        Await.until("no rollout of another test is under way", SOON, () -> settled(aws));
        int revisions = aws.revisions("second");
        int deployments = aws.serviceDeployments("uat", "second");
        MavenBuild build = SECOND.again().with("-Decs.service=second", "-Decs.taskDefinition.environment.ROUND=two");

        try (Requests requests = Requests.to(SECOND.url() + "/time?zone=UTC")) {
            aws.order("{'fault': 'latency', 'action': 'UpdateService', 'millis': 5000}");
            aws.order("{'fault': 'throttle', 'action': 'UpdateService'}");
            MavenBuild.RunningBuild first = build.start("ecs:redeploy", "-Decs.sandbox=true");
            Await.until("the revision is registered", PATIENCE, () -> aws.revisions("second") > revisions);
            first.signal("KILL").finish(SOON);
            aws.mend();
            assertThat(aws.serviceDeployments("uat", "second")).isEqualTo(deployments);

            aws.order("{'fault': 'placement', 'service': 'second', 'reason': 'capacity'}");
            build.start("ecs:redeploy", "-Decs.sandbox=true")
                    .awaitLine("-> " + (revisions + 1) + ", which was there ")
                    .awaitLine("new 0/1")
                    .signal("KILL")
                    .finish(SOON);
            assertThat(build.record("redeploy.json").at("/services/0/outcome").asText())
                    .isEqualTo("STARTED");

            MavenBuild.RunningBuild third = build.start("ecs:redeploy", "-Decs.sandbox=true")
                    .awaitLine("A rollout of this image is under way: following it");
            aws.mend();
            third.finish(PATIENCE).succeeds().says("completed, running sha256:");
            requests.noneFailed();
        }
        assertThat(aws.revisions("second")).isEqualTo(revisions + 1);
        assertThat(aws.serviceDeployments("uat", "second")).isEqualTo(deployments + 1);
        assertThat(aws.service("uat", "second").taskDefinition()).endsWith(":" + (revisions + 1));
    }

    private static boolean settled(SandboxView aws) {
        List<Deployment> deployments = aws.service("uat", "second").deployments();
        return deployments.size() == 1 && deployments.get(0).rolloutState() == DeploymentRolloutState.COMPLETED;
    }

    /** As a user would: what it prints is set in the environment of an AWS client, and a signal ends it. */
    @Test
    void sandboxInTheForegroundServesWhatItPrintsUntilItIsEnded() {
        String group = GROUP + "-foreground";
        MavenBuild.forgetSandbox(group);
        MavenBuild build = MavenBuild.empty(group, "no-project").write("README", "a folder without a project");

        MavenBuild.RunningBuild goal = build.start("ecs:sandbox").awaitLine("aws ecs list-clusters");
        Map<String, String> printed = build.lines("build.log").stream()
                .map(EXPORT::matcher)
                .filter(Matcher::find)
                .collect(Collectors.toMap(export -> export.group(1), export -> export.group(2)));
        try (EcsClient ecs = client(printed)) {
            assertThat(ecs.createCluster(c -> c.clusterName("printed"))
                            .cluster()
                            .clusterArn())
                    .contains(":" + printed.get("AWS_DEFAULT_REGION") + ":")
                    .endsWith("cluster/printed");
        }
        long sandbox = SandboxView.of(group).pid();
        assertThat(ProcessHandle.of(sandbox).filter(ProcessHandle::isAlive)).isPresent();

        MavenBuild.Outcome outcome = goal.signal("TERM").finish(SOON);

        assertThat(outcome.console()).doesNotContain("ERROR");
        Await.until("the sandbox is gone", SOON, () -> ProcessHandle.of(sandbox)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    private static EcsClient client(Map<String, String> environment) {
        return EcsClient.builder()
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                .region(Region.of(environment.get("AWS_REGION")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"))))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
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
        assertThat(FIRST.history()).last().satisfies(record -> {
            assertThat(record.outcome()).isEqualTo(BuildRecord.Outcome.SUCCESS);
            assertThat(record.modules().get(0).services())
                    .extracting(BuildRecord.Service::service, BuildRecord.Service::outcome)
                    .containsExactly(tuple("first", "COMPLETED"));
        });
        assertThat(SECOND.history()).isNotEmpty().allSatisfy(record -> assertThat(
                        record.modules().get(0).services())
                .extracting(BuildRecord.Service::service)
                .containsOnly("second"));
    }

    /** A build whose integration test says that it runs, and then waits to be interrupted. */
    private static MavenBuild waiting(String name) {
        return clock(name).edit(TEST, "URI uri =", WAIT + "URI uri =");
    }

    private static MavenBuild clock(String name) {
        return MavenBuild.clock(GROUP, name);
    }
}
