package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.codedeploy.model.InstanceAction;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;

/**
 * Builds that deploy onto services whose traffic is shifted, in containers; a client that calls them sees nothing of it. One
 * image does for all: the versions after the first differ by the task definition's environment.
 */
@Execution(ExecutionMode.CONCURRENT)
class StrategiesIT {
    private static final String GROUP = "strategies";
    private static final String CLOCK = "src/main/java/shop/clock/Clock.java";
    private static final String QUERY = "/time?zone=Asia/Tokyo";

    private static final MavenBuild CLOCKS = MavenBuild.clock(GROUP, "clock")
            .edit(CLOCK, "\"zone\", zone", "System.getenv().getOrDefault(\"FIELD\", \"zone\"), zone")
            .edit(
                    CLOCK,
                    "HttpServer server",
                    "if (System.getenv(\"CRASH\") != null) System.exit(3);\nHttpServer server");

    /** The same image, for the service that CodeDeploy deploys. */
    private static final MavenBuild CODED = MavenBuild.empty(GROUP, "coded").with("-Decs.service=coded");

    private static String url = "";

    @BeforeAll
    static void deployOnce() {
        MavenBuild.forgetSandbox(GROUP);
        CLOCKS.deploy().succeeds();
        url = CLOCKS.url() + QUERY;
        List.of("pom.xml", "target/ecs/image.json", "target/ecs/push.json")
                .forEach(file -> CODED.write(file, String.join("\n", CLOCKS.lines(file))));
    }

    @AfterAll
    static void stop() {
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void ecsShiftsTheTrafficWithoutAFailedRequest() {
        try (Requests requests = Requests.to(url)) {
            strategy(to -> to.strategy(DeploymentStrategy.BLUE_GREEN).bakeTimeInMinutes(0));
            MavenBuild.Outcome outcome = CLOCKS.again()
                    .edit(CLOCK, "\"zone\")", "\"place\")")
                    .deploy()
                    .succeeds()
                    .says(
                            "Rollout of clock in uat: revision 1 -> 2 (image only), blue/green, no bake time",
                            "completed, running sha256:");
            // Which of the stages are seen is up to the moments at which it is looked.
            assertThat(outcome.console())
                    .containsPattern("new 1/1 +old 1/1, (starting the new tasks|the new tasks run, no traffic yet"
                            + "|shifting the test traffic|test traffic shifted)")
                    .containsPattern("new 1/1 +old 1/1, (.*production traffic|baking)");
            assertThat(SandboxView.get(url)).contains("\"place\"");
            tellsNothingTwice(outcome, "clock");

            strategy(to -> to.strategy(DeploymentStrategy.LINEAR)
                    .bakeTimeInMinutes(0)
                    .linearConfiguration(step -> step.stepPercent(50.0).stepBakeTimeInMinutes(0)));
            outcome = redeploy(CLOCKS.again(), "-Decs.taskDefinition.environment.FIELD=spot")
                    .succeeds()
                    .says(
                            "Rollout of clock in uat: revision 2 -> 3 (environment FIELD), linear 50 % every 0 min, no bake time",
                            "completed, running sha256:");
            assertThat(SandboxView.get(url)).contains("\"spot\"");
            tellsNothingTwice(outcome, "clock");

            strategy(to -> canary(to, 0));
            outcome = redeploy(CLOCKS.again(), "-Decs.taskDefinition.environment.FIELD=town", "-Decs.waitFor=complete")
                    .succeeds()
                    .says("canary 20 % for 0 min, no bake time", "completed, running sha256:");
            assertThat(SandboxView.get(url)).contains("\"town\"");
            tellsNothingTwice(outcome, "clock");

            strategy(to -> canary(to, 30));
            outcome = redeploy(CLOCKS.again(), "-Decs.mode=restart", "-Decs.waitFor=traffic")
                    .succeeds()
                    .says(
                            "canary 20 % for 0 min, bakes 30 min",
                            "all production traffic on sha256:",
                            "may still roll it back; nobody waits for that (ecs.waitFor=traffic)");
            tellsNothingTwice(outcome, "clock");
            requests.noneFailed();
        }
    }

    private static void canary(DeploymentConfiguration.Builder to, int bake) {
        to.strategy(DeploymentStrategy.CANARY)
                .bakeTimeInMinutes(bake)
                .canaryConfiguration(canary -> canary.canaryPercent(20.0).canaryBakeTimeInMinutes(0));
    }

    @Test
    void codeDeployShiftsTheTrafficWithoutAFailedRequest() {
        String coded = createdForCodeDeploy();
        try (Requests requests = Requests.to(coded + QUERY)) {
            MavenBuild.Outcome outcome = redeploy(CODED, "-Decs.taskDefinition.environment.FIELD=area")
                    .succeeds()
                    .says(
                            "Rollout of coded in uat: revision 1 -> 2 (environment FIELD), by CodeDeploy",
                            "old 1/1, Install",
                            "completed, running sha256:");
            assertThat(SandboxView.get(coded + QUERY)).contains("\"area\"");
            tellsNothingTwice(outcome, "coded");

            redeploy(CODED, "-Decs.taskDefinition.environment.CRASH=yes")
                    .failsWith("goes nowhere", "3 failed", "exit code 3", "Rolled back: revision 2 has the traffic.");
            assertThat(SandboxView.get(coded + QUERY)).contains("\"area\"");
            requests.noneFailed();
        }
    }

    /** The pushed image, in another version of the service. */
    private static MavenBuild.Outcome redeploy(MavenBuild build, String... more) {
        return build.with(more).run("ecs:redeploy", "-Decs.sandbox=true");
    }

    private static void strategy(Consumer<DeploymentConfiguration.Builder> configuration) {
        try (EcsClient ecs = SandboxView.of(GROUP).ecs()) {
            ecs.updateService(to -> to.cluster("uat").service("clock").deploymentConfiguration(configuration));
        }
    }

    /** What the build says of a service, without the second at which it said so. */
    private static void tellsNothingTwice(MavenBuild.Outcome outcome, String service) {
        List<String> lines = outcome.console()
                .lines()
                .filter(line -> line.matches("\\[INFO]   " + service + " +\\d+ s  .*"))
                .map(line -> line.replaceFirst(" +\\d+ s  ", " "))
                .toList();
        assertThat(lines).isNotEmpty().doesNotHaveDuplicates();
    }

    /** As its owner has made it before. */
    private static String createdForCodeDeploy() {
        SandboxView aws = SandboxView.of(GROUP);
        try (EcsClient ecs = aws.ecs();
                CodeDeployClient codeDeploy = aws.codeDeploy()) {
            var definition = ecs.describeTaskDefinition(ask -> ask.taskDefinition("clock:1"))
                    .taskDefinition();
            ecs.registerTaskDefinition(
                    to -> to.family("coded").containerDefinitions(definition.containerDefinitions()));
            ecs.createService(to -> to.cluster("uat")
                    .serviceName("coded")
                    .taskDefinition("coded")
                    .desiredCount(1)
                    .deploymentController(by -> by.type(DeploymentControllerType.CODE_DEPLOY))
                    .loadBalancers(LoadBalancer.builder()
                            .containerName(
                                    definition.containerDefinitions().get(0).name())
                            .containerPort(8080)
                            .build()));
            codeDeploy.createApplication(
                    to -> to.applicationName("AppECS-uat-coded").computePlatform(ComputePlatform.ECS));
            codeDeploy.createDeploymentGroup(to -> to.applicationName("AppECS-uat-coded")
                    .deploymentGroupName("DgpECS-uat-coded")
                    .serviceRoleArn("arn:aws:iam::123456789012:role/ecsCodeDeployRole")
                    .ecsServices(ECSService.builder()
                            .clusterName("uat")
                            .serviceName("coded")
                            .build())
                    .blueGreenDeploymentConfiguration(rules -> rules.deploymentReadyOption(
                                    ready -> ready.actionOnTimeout(DeploymentReadyAction.CONTINUE_DEPLOYMENT))
                            .terminateBlueInstancesOnDeploymentSuccess(
                                    end -> end.action(InstanceAction.TERMINATE).terminationWaitTimeInMinutes(0))));
            // The SDK's own waiter waits for a deployment, of which ECS lists none for such a service.
            Await.until(
                    "a task of coded serves",
                    Duration.ofMinutes(1),
                    () -> aws.service("uat", "coded").taskSets().stream()
                            .anyMatch(set -> set.stabilityStatus() == StabilityStatus.STEADY_STATE));
            return ecs
                    .listTagsForResource(
                            ask -> ask.resourceArn(aws.service("uat", "coded").serviceArn()))
                    .tags()
                    .stream()
                    .filter(tag -> tag.key().equals("ecs.url"))
                    .findFirst()
                    .orElseThrow()
                    .value();
        }
    }
}
