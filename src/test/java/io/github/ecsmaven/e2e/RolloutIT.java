package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/** Deploys onto a service that runs already, good and bad ones; whatever happens, its URL goes on answering. */
class RolloutIT {
    private static final String GROUP = "rollout";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";
    private static final String QUERY = "/time?zone=Asia/Tokyo";

    private static final MavenBuild FIRST = clock("first");
    private static String url = "";

    @BeforeAll
    static void deployOnce() {
        MavenBuild.forgetSandbox(GROUP);
        FIRST.deploy().succeeds().says("New service clock in uat");
        url = FIRST.url();
        assertThat(SandboxView.get(url + QUERY)).contains("+09:00");
    }

    /** With the goal that a user would call; no process and no container is left. */
    @AfterAll
    static void stop() {
        Optional<ProcessHandle> process = ProcessHandle.of(SandboxView.of(GROUP).pid());
        FIRST.again().run("ecs:sandbox-stop", "-Decs.sandbox.forget").succeeds();
        Await.until(
                "the sandbox's process has ended", Duration.ofMinutes(1), () -> process.filter(ProcessHandle::isAlive)
                        .isEmpty());
        assertThat(Containers.ofSandbox(MavenBuild.sandboxHome(GROUP))).isEmpty();
    }

    /** With the environment that {@code ecs:sandbox} prints for any AWS client. */
    @Test
    void redeployToTheEnvironmentsEndpointIsRollingAtTheSameUrlWithoutAFailedRequest() {
        SandboxView aws = SandboxView.of(GROUP);
        MavenBuild build = clock("rolling")
                .edit(CLOCK, "\"zone\", zone", "\"place\", zone")
                .environment("AWS_ENDPOINT_URL", aws.endpoint().toString())
                .environment("AWS_REGION", aws.text("region"))
                .environment("AWS_ACCESS_KEY_ID", aws.text("accessKeyId"))
                .environment("AWS_SECRET_ACCESS_KEY", "sandbox");

        try (Requests requests = Requests.to(url + QUERY)) {
            build.run("deploy")
                    .succeeds()
                    .says(
                            "AWS account 123456789012 in " + aws.text("region") + ", as arn:aws:iam::",
                            "/clock and redeploy clock (container clock) in uat, " + aws.text("region"),
                            "Pushed ");
            assertThat(build.url()).isEqualTo(url);
            assertThat(SandboxView.get(url + QUERY)).contains("\"place\"");
            requests.noneFailed();
        }
    }

    @Test
    void dryRunChangesNothingAndWhatItTestedIsDeployedByTheNextMavenCall() {
        MavenBuild build = clock("two-calls").edit(CLOCK, "\"zone\", zone", "\"area\", zone");
        SandboxView aws = SandboxView.of(GROUP);
        int images = aws.images("clock");
        String before = revision();

        build.again().with("-Decs.dryRun").deploy().succeeds();

        assertThat(aws.images("clock")).isEqualTo(images);
        assertThat(revision()).isEqualTo(before);
        assertThat(SandboxView.get(url + QUERY)).doesNotContain("\"area\"");
        assertThat(build.hasRecord("push.json")).isFalse();
        String tested = build.record("image.json").get("digest").asText();

        build.run("ecs:push", "ecs:redeploy", "-Decs.sandbox=true")
                .succeeds()
                .says("ECS summary of clock", "digest             " + tested);
        assertThat(build.record("push.json").get("digest").asText()).isEqualTo(tested);
        assertThat(running(build).get("digest")).isEqualTo(tested);
        assertThat(SandboxView.get(url + QUERY)).contains("\"area\"");

        String revision = revision();
        build.run("ecs:redeploy", "-Decs.sandbox=true").succeeds().says("nothing to do");
        assertThat(running(build).get("outcome")).isEqualTo("UNCHANGED");
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void failedIntegrationTestLeavesRegistryAndServiceAsTheyWere() {
        MavenBuild build =
                clock("test-fails").edit(CLOCK, "\"offset\", now.getOffset().getId()", "\"offset\", \"+00:00\"");
        SandboxView aws = SandboxView.of(GROUP);
        int images = aws.images("clock");
        String revision = revision();

        MavenBuild.Outcome outcome = build.deploy();

        assertThat(outcome.exit()).as(outcome.console()).isNotZero();
        outcome.says("ClockIT", " of the container (", "The clock ticks on port 8080");
        assertThat(aws.images("clock")).isEqualTo(images);
        assertThat(revision()).isEqualTo(revision);
        assertThat(SandboxView.get(url + QUERY)).contains("+09:00");
    }

    @Test
    void newVersionThatCrashesInEcsFailsTheBuildAndTheOldOneServes() {
        String revision = revision();
        MavenBuild build = clock("crashes")
                .edit(
                        CLOCK,
                        "HttpServer server",
                        "if (System.getenv(\"TESTED\") == null) throw new IllegalStateException(\"DB_URL is not set\");\n"
                                + "HttpServer server")
                .with("-Decs.test.environment.TESTED=yes");

        try (Requests requests = Requests.to(url + QUERY)) {
            build.deploy()
                    .failsWith("ECS rolled clock in uat back", "exit code 1", "DB_URL is not set", "still serves");
            requests.noneFailed();
        }

        assertThat(running(build).get("outcome")).isEqualTo("ROLLED_BACK");
        assertThat(revision()).isEqualTo(revision);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ecs.service=clokc, no ECS service 'clokc', Near: clock",
        "ecs.cluster=uta, no ECS cluster 'uta', Near: uat",
        "ecs.repository=clokc, The ECR repository 'clokc' does not exist, There is clock."
    })
    void wrongNameIsSaidWithTheNearestBeforeAnythingIsCompiled(String setting, String what, String near) {
        List<String> tags = SandboxView.of(GROUP).tags("clock");

        MavenBuild.Outcome refused = asOnAws().with("-D" + setting).run("deploy");

        refused.failsWith(what, near, setting.split("=")[0])
                .says("ecs-maven-plugin:0.1.0-SNAPSHOT:preflight", "preflight", "FAILED");
        assertThat(refused.console()).doesNotContain(":resources ", ":compile ", "Image clock");
        assertThat(SandboxView.of(GROUP).tags("clock")).isEqualTo(tags);
    }

    /** On AWS before anything is built; with ecs.sandbox before the push. */
    @Test
    void ambiguousContainerIsAskedForAndNothingChanges() {
        SandboxView aws = SandboxView.of(GROUP);
        try (EcsClient ecs = aws.ecs()) {
            ecs.registerTaskDefinition(r -> r.family("two").containerDefinitions(container("one"), container("two")));
            ecs.createService(r ->
                    r.cluster("uat").serviceName("two").taskDefinition("two").desiredCount(0));
        }
        String revision = aws.service("uat", "two").taskDefinition();

        MavenBuild.Outcome refused =
                asOnAws().with("-Decs.service=two", "-Decs.tags=two").run("deploy");
        refused.failsWith("2 containers", "one", "two", "ecs.containerName");
        assertThat(refused.console()).as("looked at before anything is built").doesNotContain("Image clock");
        clock("ambiguous")
                .with("-Decs.service=two", "-Decs.tags=two", "-DskipTests", "-Decs.from.image=scratch")
                .deploy()
                .failsWith("2 containers", "one", "two", "ecs.containerName");

        assertThat(aws.tags("clock")).doesNotContain("two");
        assertThat(aws.service("uat", "two").taskDefinition()).isEqualTo(revision);
        assertThat(aws.revisions("two")).isEqualTo(1);
    }

    /** The service's task definition names a tag, which the push moves. */
    @Test
    void restartRunsWhatTheTagMeansNow() {
        SandboxView aws = SandboxView.of(GROUP);
        String image = aws.endpoint().replace("http://", "") + "/clock:moving";
        aws.tag("clock", "1.0.0", "moving");
        MavenBuild build = clock("restart").edit(CLOCK, "\"zone\", zone", "\"restarted\", zone");
        try (EcsClient ecs = aws.ecs()) {
            ecs.registerTaskDefinition(r -> r.family("moving")
                    .containerDefinitions(container("clock").toBuilder()
                            .image(image)
                            .memory(256)
                            .portMappings(
                                    PortMapping.builder().containerPort(8080).build())
                            .build()));
            ecs.createService(r -> r.cluster("uat")
                    .serviceName("moving")
                    .taskDefinition("moving")
                    .desiredCount(1));
        }

        build.with("-Decs.mode=restart", "-Decs.service=moving", "-Decs.tags=moving")
                .deploy()
                .succeeds();

        assertThat(running(build).get("outcome")).isEqualTo("COMPLETED");
        assertThat(running(build).get("digest"))
                .isEqualTo(build.record("image.json").get("digest").asText());
        assertThat(aws.revisions("moving")).isEqualTo(1);
        assertThat(SandboxView.get(build.url() + QUERY)).contains("\"restarted\"");
    }

    /** The SDK's own waiter, which knows nothing of rollouts: it counts deployments and running tasks. */
    @Test
    void stockWaiterOfTheSdkSeesTheServiceStable() {
        try (EcsClient ecs = SandboxView.of(GROUP).ecs()) {
            assertThat(ecs.waiter()
                            .waitUntilServicesStable(r -> r.cluster("uat").services("clock"))
                            .matched()
                            .response())
                    .isPresent();
        }
    }

    @Test
    void awsCliSeesServiceAndImages() {
        assumeThat(Tool.isThere("aws"))
                .as("skipped: there is no aws command here")
                .isTrue();
        Tool aws = awsCli();

        aws.run("aws", "ecs", "wait", "services-stable", "--cluster", "uat", "--services", "clock");
        assertThat(aws.run("aws", "ecs", "describe-services", "--cluster", "uat", "--services", "clock"))
                .contains("\"runningCount\": 1", revision());
        assertThat(aws.run("aws", "ecr", "describe-images", "--repository-name", "clock"))
                .contains(FIRST.record("push.json").get("digest").asText());
    }

    @Test
    void dockerCliLogsInPullsAndPushes() throws IOException {
        assumeThat(Tool.isThere("docker"))
                .as("skipped: there is no docker command here")
                .isTrue();
        SandboxView sandbox = SandboxView.of(GROUP);
        String registry = sandbox.endpoint().replace("http://", "");
        String image =
                registry + "/clock@" + FIRST.record("push.json").get("digest").asText();
        Tool docker = new Tool(
                Map.of("DOCKER_CONFIG", Files.createTempDirectory("docker").toString()));

        docker.input(sandbox.registryPassword())
                .run("docker", "login", "--username", "AWS", "--password-stdin", registry);
        docker.run("docker", "pull", "--quiet", image);
        try {
            docker.run("docker", "tag", image, registry + "/clock:by-docker");
            docker.run("docker", "push", "--quiet", registry + "/clock:by-docker");
            assertThat(sandbox.tags("clock")).contains("by-docker");
        } finally {
            docker.run("docker", "rmi", image, registry + "/clock:by-docker");
        }
    }

    private static ContainerDefinition container(String name) {
        return ContainerDefinition.builder()
                .name(name)
                .image("example/" + name + ":1")
                .essential(true)
                .memory(64)
                .build();
    }

    /** The first build's image against the sandbox, but as against AWS: nothing is created on first use. */
    private static MavenBuild asOnAws() {
        SandboxView aws = SandboxView.of(GROUP);
        return FIRST.again()
                .with("-Decs.endpoint=" + aws.endpoint(), "-Decs.region=" + aws.text("region"))
                .environment("AWS_ACCESS_KEY_ID", aws.text("accessKeyId"))
                .environment("AWS_SECRET_ACCESS_KEY", aws.text("secretAccessKey"));
    }

    private static MavenBuild clock(String name) {
        return MavenBuild.clock(GROUP, name);
    }

    private static String revision() {
        return SandboxView.of(GROUP).service("uat", "clock").taskDefinition();
    }

    /** What the last rollout's record says. */
    private static Map<String, String> running(MavenBuild build) {
        var service = build.record("redeploy.json").get("services").get(0);
        return Map.of(
                "digest", service.get("digest").asText(),
                "outcome", service.get("outcome").asText());
    }

    private static Tool awsCli() {
        SandboxView aws = SandboxView.of(GROUP);
        return new Tool(Map.of(
                "AWS_ENDPOINT_URL", aws.endpoint(),
                "AWS_DEFAULT_REGION", aws.text("region"),
                "AWS_ACCESS_KEY_ID", aws.text("accessKeyId"),
                "AWS_SECRET_ACCESS_KEY", aws.text("secretAccessKey"),
                "AWS_CONFIG_FILE", "/nowhere/config",
                "AWS_PAGER", ""));
    }
}
