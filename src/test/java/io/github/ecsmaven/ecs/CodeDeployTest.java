package io.github.ecsmaven.ecs;

import static io.github.ecsmaven.ecs.Shop.NEW;
import static io.github.ecsmaven.ecs.Shop.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.definition.AppSpec;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.Verdict;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeploymentReadyAction;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;
import software.amazon.awssdk.services.codedeploy.model.DeploymentWaitType;
import software.amazon.awssdk.services.codedeploy.model.ECSService;
import software.amazon.awssdk.services.ecs.model.Service;

/** Rollouts through CodeDeploy, from the revision to the outcome, against the sandbox's CodeDeploy. */
class CodeDeployTest {
    @TempDir
    Path home;

    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Shop(home.resolve("usual"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void runWhenAllIsWellShiftsTheTrafficAndProvesTheImage() throws Exception {
        Rollout rollout = shop.run(ask());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.deploymentId()).matches("d-[A-Z0-9]{9}");
        assertThat(rollout.digest()).isEqualTo(NEW);
        assertThat(shop.sets()).containsExactly("PRIMARY 2 2");
        assertThat(shop.service().taskSets().get(0).externalId()).isEqualTo(rollout.deploymentId());
        assertThat(shop.calls()).doesNotContain("UpdateService").containsOnlyOnce("CreateDeployment");
        assertThat(shop.told.planned)
                .containsExactly("Rollout of orders in uat: revision 1 -> 2 (image only), by CodeDeploy");
        assertThat(shop.told.changes())
                .anyMatch(line -> line.matches("new ./2 .*old 2/2, (after )?Install"))
                .endsWith("new 2/2                         old 0/2");
    }

    @Test
    void runWhenItRunsAlreadyDoesNothing() throws Exception {
        shop.run(ask());
        Rollout again = shop.run(ask());
        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(shop.calls()).containsOnlyOnce("CreateDeployment");
    }

    @Test
    void runWhenTheNewTasksCrashStopsTheDeploymentAndSaysWhy() {
        RolloutFailed failed = shop.fails(ask().repository("orders-crash"));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.rollout().taskDefinition()).endsWith(":1");
        assertThat(failed.problem().what())
                .isEqualTo(
                        "The rollout of orders in uat to revision 2 goes nowhere: the new tasks start and end again.");
        assertThat(failed.problem().text())
                .contains(
                        "  Deployment " + failed.rollout().deploymentId() + ", begun at 10:00:02 UTC, ended after ",
                        " tasks of revision 2 stopped within ",
                        "Essential container in task exited, exit code 1",
                        "  Revision 1 still serves (2 of 2 tasks running).",
                        "  Rolled back: revision 1 has the traffic.");
        assertThat(shop.told.changes())
                .contains("new 0/2, 2 failed               old 2/2, Install")
                .endsWith("new 0/2, 4 failed               old 2/2");
        assertThat(shop.sets()).containsExactly("PRIMARY 1 2");
        assertThat(shop.calls()).doesNotContain("UpdateService").containsOnlyOnce("StopDeployment");
    }

    @Test
    void runWhenNothingShallBeRolledBackLeavesTheDeployment() {
        RolloutFailed failed = shop.fails(ask().repository("orders-crash").withoutRollback());
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().text()).contains("The service is left as it is (ecs.rollback=false).");
        assertThat(shop.calls()).doesNotContain("StopDeployment");
    }

    @Test
    void runWhenItTakesTooLongIsStopped() {
        shop.haste = 5;
        RolloutFailed failed = shop.fails(ask().repository("orders-hangs").timeout(Duration.ofSeconds(30)));
        assertThat(failed.problem().text())
                .startsWith("The rollout of orders in uat to revision 2 was not at its end after 30 s")
                .contains("Last seen: new 2/2, old 2/2, Install", "Rolled back: revision 1 has the traffic.");
        assertThat(shop.sets()).containsExactly("PRIMARY 1 2");
    }

    @Test
    void runWhenSomebodyStopsItSaysThatTheOldVersionHasTheTraffic() {
        shop.meanwhile(() -> shop.codeDeploy.stopDeployment(ask -> ask.deploymentId(active())));
        RolloutFailed failed = shop.fails(ask().repository("orders-hangs"));
        assertThat(failed.problem().text())
                .startsWith("CodeDeploy gave up the rollout of orders in uat to revision 2.")
                .contains("Revision 1 still has the traffic.");
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void stopWhenItHasEndedMeanwhileSaysSo() {
        shop.fails(ask().repository("orders-crash"));
        RollBackDeployment back = new RollBackDeployment(
                shop.apis(), shop.told, shop.clock, new WatchRollout(shop.apis(), shop.told, shop.clock, time -> {}));
        String ended = shop.codeDeploy
                .listDeployments(ask -> ask.includeOnlyStatuses(DeploymentStatus.STOPPED))
                .deployments()
                .get(0);
        assertThat(back.stop(ended)).isFalse();
        assertThat(shop.told.details).anyMatch(line -> line.startsWith(ended + " can't be stopped any more: "));
    }

    @Test
    void runWhenSomebodyRollsItBackFollowsThat() {
        shop.meanwhile(() ->
                shop.codeDeploy.stopDeployment(ask -> ask.deploymentId(active()).autoRollbackEnabled(true)));
        RolloutFailed failed = shop.fails(ask().repository("orders-hangs"));
        assertThat(failed.problem().what()).isEqualTo("CodeDeploy rolled orders in uat back to revision 1.");
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(shop.calls()).containsOnlyOnce("StopDeployment");
    }

    @Test
    void runWhenTheImageCannotBeHadInAnHourIsRolledBackByTheGroup() throws Exception {
        shop.close();
        shop = new Shop(
                home.resolve("rollback"),
                group -> group.autoRollbackConfiguration(
                        r -> r.enabled(true).events(AutoRollbackEvent.DEPLOYMENT_FAILURE)));
        shop.haste = 1_000;
        RolloutFailed failed = shop.fails(ask().repository("orders-hangs").timeout(Duration.ofHours(2)));
        assertThat(failed.problem().text())
                .startsWith("CodeDeploy rolled orders in uat back to revision 1")
                .contains(
                        "ECS_UPDATE_ERROR: The deployment timed out while waiting for the replacement task set to become"
                                + " healthy. This time out period is 60 minutes.");
        assertThat(shop.calls()).doesNotContain("StopDeployment");
    }

    /** CodeDeploy stops the deployment at an alarm and rolls back by itself. */
    @Test
    void runWhenAnAlarmGoesOffFollowsTheRollback() throws Exception {
        Instant end = shop.clock.instant().plus(Duration.ofSeconds(30));
        try (FakeEcs fake = new FakeEcs()) {
            fake.on(
                            "GetDeployment",
                            ask -> ask.path("deploymentId").asText().equals("d-1")
                                    ? info("d-1", "Stopped", ALARM)
                                    : info("d-2", shop.clock.instant().isBefore(end) ? "InProgress" : "Succeeded", ""))
                    .on("GetDeploymentTarget", "{\"deploymentTarget\":{}}")
                    .on("ListTasks", "{\"taskArns\":[]}")
                    .on("DescribeServices", SETS);
            WatchRollout watch = new WatchRollout(fake.apis(), shop.told, shop.clock, time -> shop.clock.moveOn(time));
            WatchRollout.Ended ended = watch.run(rollout(shop.clock.instant()), Set.of());
            assertThat(ended.verdict()).isEqualTo(new Verdict.Failed(Verdict.Kind.ROLLED_BACK, TASK + ":1"));
            assertThat(ended.last().tracked().orElseThrow().reason()).isEqualTo("ALARM_ACTIVE: orders-5xx went off.");
            assertThat(shop.told.changes())
                    .anyMatch(line ->
                            line.endsWith("stopped (ALARM_ACTIVE: orders-5xx went off.), CodeDeploy rolls back (d-2)"));
        }
    }

    /** The code is of the API reference (ErrorInformation); the text is the group's own matter. */
    private static final String ALARM = ",\"errorInformation\":{\"code\":\"ALARM_ACTIVE\",\"message\":"
            + "\"orders-5xx went off.\"},\"rollbackInfo\":{\"rollbackDeploymentId\":\"d-2\"}";

    @Test
    void runWhenTheOldTasksAreKeptWaitsForThemAndIsNotLate() throws Exception {
        shop.close();
        shop = new Shop(home.resolve("kept"), CodeDeployTest::keeping);
        shop.haste = 200;
        Rollout rollout = shop.run(ask());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.seconds()).isGreaterThan(1_200);
        assertThat(shop.told.changes())
                .anyMatch(line -> line.matches(".* old 2/2, all traffic on new, the old tasks are kept for 1\\d min.*"))
                .anyMatch(
                        line -> line.matches(".* old 2/2, all traffic on new, the old tasks are kept for [1-9] min.*"))
                .doesNotHaveDuplicates();
    }

    private static CreateDeploymentGroupRequest.Builder keeping(CreateDeploymentGroupRequest.Builder group) {
        return group.blueGreenDeploymentConfiguration(
                b -> b.deploymentReadyOption(r -> r.actionOnTimeout(DeploymentReadyAction.CONTINUE_DEPLOYMENT)
                                .waitTimeInMinutes(0))
                        .terminateBlueInstancesOnDeploymentSuccess(t -> t.terminationWaitTimeInMinutes(20)));
    }

    @Test
    void runWhenTrafficIsShiftedInStepsSaysHowMuch() throws Exception {
        shop.close();
        shop = new Shop(
                home.resolve("canary"),
                group -> group.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes"));
        shop.haste = 50;
        assertThat(shop.run(ask()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.told.changes())
                .contains("new 2/2                         old 2/2, AllowTraffic, 10 % of the traffic on new");
    }

    @Test
    void runWhenAnotherDeploymentIsUnderWaySaysWhose() {
        shop.fails(
                ask().repository("orders-hangs").timeout(Duration.ofSeconds(5)).withoutRollback());
        String other = active();
        assertThat(shop.problem(ask().digest(Shop.OLD)).text())
                .isEqualTo("Another deployment of orders in uat is under way: " + other
                        + ". Nothing was changed at the service.\n"
                        + "  It was created by user at 2026-01-01 10:00 UTC (ecs-maven-plugin), and is InProgress.\n"
                        + "  It brings revision 2.\n"
                        + "Next: let it come to its end, or stop it (aws deploy stop-deployment --deployment-id "
                        + other
                        + " --auto-rollback-enabled); then deploy again.");
        assertThat(shop.calls()).containsOnlyOnce("CreateDeployment");
    }

    @Test
    void runWhenTheOtherOnlyKeepsTheOldTasksSaysHowToEndThat() throws Exception {
        shop.close();
        shop = new Shop(home.resolve("waits"), CodeDeployTest::keeping);
        Rollout first = shop.run(ask().traffic());
        assertThat(first.outcome()).isEqualTo(Outcome.TRAFFIC_SHIFTED);
        assertThat(shop.told.warnings)
                .containsExactly(
                        "All production traffic is on revision 2. CodeDeploy has not completed the deployment and may"
                                + " still roll it back; nobody waits for that (ecs.waitFor=traffic).");
        String other = first.deploymentId();
        assertThat(shop.problem(ask().restart()).next())
                .isEqualTo(
                        "it only waits before it ends the original tasks: aws deploy continue-deployment --deployment-id "
                                + other + " --deployment-wait-type TERMINATION_WAIT ends that; then deploy again.");
        shop.codeDeploy.continueDeployment(
                ask -> ask.deploymentId(other).deploymentWaitType(DeploymentWaitType.TERMINATION_WAIT));
        shop.scripted.moveOn(Duration.ofSeconds(2));
        assertThat(shop.sets()).containsExactly("PRIMARY 2 2");
    }

    @Test
    void runWhenADeploymentWasStoppedWithTheTrafficOnNewHasNothingToDo() throws Exception {
        shop.close();
        shop = new Shop(home.resolve("stopped"), CodeDeployTest::keeping);
        Rollout first = shop.run(ask().traffic());
        shop.codeDeploy.stopDeployment(
                ask -> ask.deploymentId(first.deploymentId()).autoRollbackEnabled(false));
        shop.scripted.moveOn(Duration.ofSeconds(2));
        assertThat(shop.sets()).containsExactly("PRIMARY 2 2", "ACTIVE 1 2");
        assertThat(shop.run(ask()).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(shop.run(ask().dryRun()).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void createWhenItIsCalledAgainForALostAnswerNamesItsOwnDeployment() {
        Service service = TaskSets.asDeployments(shop.service());
        CreateDeployment create = CreateDeployment.of(shop.apis(), Wanted.CodeDeploy.USUAL, service);
        KnownDefinition known = KnownDefinition.read(shop.ecs, service.taskDefinition());
        AppSpec spec = AppSpec.of(Optional.empty(), service, new WantedTask(known.again(), "app"), known.arn());
        assertThat(create.create(spec)).isEqualTo(create.create(spec)).isEqualTo(active());
    }

    @Test
    void runWhenTheSameIsUnderWayFollowsIt() throws Exception {
        Rollout first = shop.run(ask().withoutWait());
        assertThat(first.outcome()).isEqualTo(Outcome.STARTED);
        shop.scripted.moveOn(Duration.ofMillis(600));
        Rollout rollout = shop.run(ask());
        assertThat(rollout.deploymentId()).isEqualTo(first.deploymentId());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.told.planned).contains("A rollout of this image is under way: following it, by CodeDeploy");
        assertThat(shop.calls()).containsOnlyOnce("CreateDeployment");
    }

    @Test
    void runWhenTheLastBuildDiedInTheWatchAndItsDeploymentCrashesStopsThat() throws Exception {
        shop.run(ask().repository("orders-crash").withoutWait());
        shop.scripted.moveOn(Duration.ofMillis(600));
        RolloutFailed failed = shop.fails(ask().repository("orders-crash"));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text()).contains("exit code 1", "Rolled back: revision 1 has the traffic.");
        assertThat(shop.sets()).containsExactly("PRIMARY 1 2");
        assertThat(shop.calls()).containsOnlyOnce("CreateDeployment");
    }

    @Test
    void runWhenTheLastBuildDiedAndItsDeploymentHasSucceededHasNothingToDo() throws Exception {
        shop.run(ask().withoutWait());
        shop.scripted.moveOn(Duration.ofSeconds(20));
        assertThat(shop.run(ask()).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void runWhenTheLastBuildDiedAndItsDeploymentWasRolledBackDeploysItsRevisionAgain() throws Exception {
        String died = shop.run(ask().repository("orders-hangs").withoutWait()).deploymentId();
        shop.scripted.moveOn(Duration.ofSeconds(2));
        shop.codeDeploy.stopDeployment(ask -> ask.deploymentId(died).autoRollbackEnabled(true));
        shop.scripted.moveOn(Duration.ofSeconds(5));
        Rollout next = shop.run(ask().repository("orders-hangs").withoutWait());
        assertThat(next.outcome()).isEqualTo(Outcome.STARTED);
        assertThat(next.deploymentId()).isNotEqualTo(died);
        assertThat(shop.calls()).containsOnlyOnce("RegisterTaskDefinition");
    }

    @Test
    void runWhenItIsOnlyTriedChangesNothing() throws Exception {
        Rollout rollout = shop.run(ask().dryRun());
        assertThat(rollout.outcome()).isEqualTo(Outcome.PLANNED);
        assertThat(shop.calls()).doesNotContain("RegisterTaskDefinition", "CreateDeployment");
        assertThat(shop.told.planned)
                .containsExactly("Rollout of orders in uat: new revision after 1 (image only: sha256:0a0a0a0a0a0a ->"
                        + " sha256:1b1b1b1b1b1b), by CodeDeploy");
    }

    @Test
    void runWhenItIsARestartDeploysTheSameTaskDefinition() throws Exception {
        shop.run(ask());
        Rollout rollout = shop.run(ask().restart());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(rollout.taskDefinition()).endsWith(":2");
        assertThat(shop.calls().stream().filter("CreateDeployment"::equals)).hasSize(2);
        assertThat(shop.calls()).containsOnlyOnce("RegisterTaskDefinition");
    }

    @Test
    void runWhenThereIsNoSuchGroupNamesThoseThatThereAre() {
        assertThat(shop.problem(ask().codeDeploy("AppECS-uat-orders", "DgpECS-uat-order"))
                        .text())
                .isEqualTo(
                        "CodeDeploy deploys the service 'orders', but has no deployment group 'DgpECS-uat-order' in an"
                                + " application 'AppECS-uat-orders'.\n"
                                + "  Near: DgpECS-uat-orders\n"
                                + "Next: name them: ecs.codeDeploy.application and ecs.codeDeploy.deploymentGroup.");
        assertThat(shop.problem(ask().codeDeploy("AppECS-orders", "x")).evidence())
                .containsExactly("Near: AppECS-uat-orders");
        nothingChanged();
    }

    @Test
    void runWhenTheGroupIsAnotherServicesIsRefused() {
        shop.codeDeploy.createDeploymentGroup(group -> group.applicationName("AppECS-uat-orders")
                .deploymentGroupName("other")
                .serviceRoleArn("arn:aws:iam::123456789012:role/ecsCodeDeployRole")
                .ecsServices(ECSService.builder()
                        .clusterName("uat")
                        .serviceName("billing")
                        .build()));
        assertThat(shop.problem(ask().codeDeploy("AppECS-uat-orders", "other")).text())
                .isEqualTo("The deployment group 'other' does not deploy the service 'orders' in cluster 'uat'.\n"
                        + "  It deploys billing in uat.\n"
                        + "Next: correct ecs.codeDeploy.deploymentGroup, or ecs.service and ecs.cluster.");
        nothingChanged();
    }

    @Test
    void runWhenTheNamesAreNotTheUsualOnesTakesThoseOfTheLastDeployment() throws Exception {
        shop.codeDeploy.createApplication(a -> a.applicationName("shop").computePlatform(ComputePlatform.ECS));
        shop.codeDeploy.createDeploymentGroup(group -> group.applicationName("shop")
                .deploymentGroupName("orders")
                .serviceRoleArn("arn:aws:iam::123456789012:role/ecsCodeDeployRole")
                .ecsServices(ECSService.builder()
                        .clusterName("uat")
                        .serviceName("orders")
                        .build()));
        shop.run(ask().codeDeploy("shop", "orders"));
        shop.codeDeploy.deleteApplication(a -> a.applicationName("AppECS-uat-orders"));
        assertThat(shop.run(ask().restart()).outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void runWhenAPermissionIsMissingShowsTheStatementToAdd() throws Exception {
        shop.scripted.order("{\"fault\": \"deny\", \"action\": \"codedeploy:CreateDeployment\"}");
        Problem problem = shop.problem(ask());
        assertThat(problem.what())
                .isEqualTo("Could not deploy service 'orders' through CodeDeploy (DgpECS-uat-orders): the permission"
                        + " codedeploy:CreateDeployment is missing.");
        assertThat(problem.evidence())
                .contains(
                        "Statement: {\"Effect\": \"Allow\", \"Action\": \"codedeploy:CreateDeployment\", \"Resource\":"
                                + " \"arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:AppECS-uat-orders/DgpECS-uat-orders\"}");
    }

    @Test
    void runWhenTheTargetMayNotBeReadGoesOnWithLess() throws Exception {
        shop.scripted.order("{\"fault\": \"deny\", \"action\": \"codedeploy:GetDeploymentTarget\"}");
        assertThat(shop.run(ask()).outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.told.warnings)
                .containsExactly("Less is known about this deployment without codedeploy:GetDeploymentTarget"
                        + " (AccessDeniedException).");
    }

    @Test
    void runWhenItMayNotBeStoppedSaysThatItGoesOn() throws Exception {
        shop.scripted.order("{\"fault\": \"deny\", \"action\": \"codedeploy:StopDeployment\"}");
        RolloutFailed failed = shop.fails(ask().repository("orders-crash"));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.problem().text()).contains("the permission codedeploy:StopDeployment is missing.");
    }

    @Test
    void rollBackWhenADeploymentIsUnderWayStopsIt() throws Exception {
        shop.run(ask().repository("orders-hangs").withoutWait());
        shop.scripted.moveOn(Duration.ofSeconds(1));
        assertThat(shop.rollBack(Optional.empty())).isEqualTo("Rolled back: revision 1 has the traffic.");
        assertThat(shop.sets()).containsExactly("PRIMARY 1 2");
        assertThat(shop.calls()).containsOnlyOnce("CreateDeployment").containsOnlyOnce("StopDeployment");
    }

    @Test
    void rollBackAfterwardsDeploysTheLastThatSucceededAgain() throws Exception {
        shop.run(ask());
        shop.run(ask().digest(new Digest("sha256:" + "2c".repeat(32))));
        assertThat(shop.sets()).containsExactly("PRIMARY 3 2");
        assertThat(shop.rollBack(Optional.empty())).startsWith("Rolled back: revision 2 runs again, after ");
        shop.scripted.moveOn(Duration.ofSeconds(2));
        assertThat(shop.sets()).containsExactly("PRIMARY 2 2");
    }

    /** AWS promises no order of ListDeployments. */
    @Test
    void rollBackTakesTheNewestWhateverTheOrderOfTheList() throws Exception {
        try (FakeEcs fake = new FakeEcs()) {
            fake.on("ListDeployments", "{\"deployments\":[\"d-1\",\"d-3\",\"d-2\"]}")
                    .on(
                            "BatchGetDeployments",
                            "{\"deploymentsInfo\":[" + created(2) + "," + created(3) + "," + created(1) + "]}")
                    .on(
                            "GetApplicationRevision",
                            ask -> "{\"revision\":{\"appSpecContent\":{\"content\":" + appSpec(ask) + "}}}");
            FindEarlierAppSpec history = new FindEarlierAppSpec(
                    fake.apis().codeDeploy().get(), new DeploymentGroup("app", "group", Optional.empty()), shop.told);
            assertThat(history.run(arn -> true).orElseThrow().taskDefinition()).isEqualTo(TASK + ":3");
            assertThat(history.run(arn -> !arn.endsWith(":3")).orElseThrow().taskDefinition())
                    .isEqualTo(TASK + ":2");
        }
    }

    private static String created(int number) {
        return "{\"deploymentId\":\"d-" + number + "\",\"createTime\":" + number
                + ",\"revision\":{\"revisionType\":\"AppSpecContent\",\"appSpecContent\":{\"sha256\":\"" + number
                + "\"}}}";
    }

    private static String appSpec(JsonNode ask) {
        String number = ask.at("/revision/appSpecContent/sha256").asText();
        return TextNode.valueOf("Resources: [{TargetService: {Type: 'AWS::ECS::Service', Properties: {TaskDefinition: '"
                        + TASK + ":" + number + "'}}}]")
                .toString();
    }

    @Test
    void rollBackToWhatRunsAlreadyDoesNothing() throws Exception {
        shop.run(ask());
        int before = shop.calls().size();
        assertThat(shop.rollBack(Optional.of("2"))).isEqualTo("orders in uat already runs revision 2: nothing to do.");
        assertThat(shop.calls().subList(before, shop.calls().size())).doesNotContain("CreateDeployment");
    }

    @Test
    void rollBackWhenTheHistoryMayNotBeReadSaysSo() throws Exception {
        shop.run(ask());
        shop.scripted.order("{\"fault\": \"deny\", \"action\": \"codedeploy:ListDeployments\"}");
        assertThat(shop.rollBack(Optional.of("1"))).startsWith("Rolled back: revision 1 runs again, after ");
        assertThat(shop.told.warnings)
                .containsExactly("Without codedeploy:ListDeployments, codedeploy:BatchGetDeployments and"
                        + " codedeploy:GetApplicationRevision it is not known"
                        + " which AppSpec brought an earlier version, with which hooks (AccessDeniedException).");
    }

    @Test
    void rollBackToARevisionThatCodeDeployNeverBroughtDeploysIt() throws Exception {
        shop.run(ask());
        assertThat(shop.rollBack(Optional.of("1"))).startsWith("Rolled back: revision 1 runs again, after ");
        assertThat(shop.told.planned).contains("Rollback of orders in uat by CodeDeploy: revision 2 -> 1");
    }

    @Test
    void runWhenItLastsAsksAwsAtMost60TimesAMinute() {
        shop.local = false;
        shop.fails(
                ask().repository("orders-hangs").timeout(Duration.ofMinutes(4)).withoutRollback());
        assertThat(shop.busiestMinute()).isBetween(40L, 60L);
    }

    @Test
    void runWhenTheOldTasksAreKeptAsksAwsAtMost60TimesAMinute() throws Exception {
        shop.close();
        shop = new Shop(home.resolve("kept"), CodeDeployTest::keeping);
        shop.local = false;
        Rollout rollout = shop.run(ask());
        assertThat(rollout.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(shop.busiestMinute()).isLessThanOrEqualTo(60);
    }

    /** The sandbox's own is over within seconds. */
    @Test
    void rollBackThatLastsAsksAwsAtMost60TimesAMinute() throws Exception {
        Instant end = shop.clock.instant().plus(Duration.ofMinutes(5));
        try (FakeEcs fake = new FakeEcs()) {
            fake.on(
                            "GetDeployment",
                            ask -> ask.path("deploymentId").asText().equals("d-1")
                                    ? info("d-1", "Stopped", ",\"rollbackInfo\":{\"rollbackDeploymentId\":\"d-2\"}")
                                    : info("d-2", shop.clock.instant().isBefore(end) ? "InProgress" : "Succeeded", ""))
                    .on("GetDeploymentTarget", "{\"deploymentTarget\":{}}")
                    .on("ListTasks", "{\"taskArns\":[]}")
                    .on("DescribeServices", SETS);
            WatchRollout watch = new WatchRollout(fake.apis(), shop.told, shop.clock, time -> shop.clock.moveOn(time));
            WatchRollout.Ended ended = watch.run(rollout(shop.clock.instant()), Set.of());
            assertThat(ended.verdict()).isEqualTo(new Verdict.Failed(Verdict.Kind.ROLLED_BACK, TASK + ":1"));
            assertThat(Duration.between(end, shop.clock.instant())).isLessThan(Duration.ofMillis(1_500));
            assertThat(fake.actions().size() / 5).isBetween(40, 60);
        }
    }

    private static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders";

    private static final String SETS = """
            {"services":[{"serviceName":"orders","status":"ACTIVE","desiredCount":2,"runningCount":2,
            "deploymentController":{"type":"CODE_DEPLOY"},"taskSets":[
            {"id":"ecs-svc/1","status":"PRIMARY","taskDefinition":"%s:1","createdAt":1,"runningCount":2},
            {"id":"ecs-svc/2","externalId":"d-1","status":"ACTIVE","taskDefinition":"%s:2","createdAt":2}]}]}
            """.formatted(TASK, TASK);

    private static String info(String id, String status, String more) {
        return "{\"deploymentInfo\":{\"deploymentId\":\"" + id + "\",\"status\":\"" + status + "\"" + more + "}}";
    }

    private static Expected rollout(Instant started) {
        return new Expected(
                "uat",
                "orders",
                "d-1",
                TASK + ":2",
                Optional.of(TASK + ":1"),
                "app",
                Optional.of(new Expected.Image(NEW, Set.of(), true)),
                2,
                Expected.Breaker.ROLLS_BACK,
                started,
                Duration.ofMinutes(15),
                new Strategy(Strategy.Kind.CODE_DEPLOY, Duration.ZERO, 100, Duration.ZERO, List.of()),
                WaitFor.complete);
    }

    @Test
    void runWhenItIsAskedSeldomSeesAllTheSame() throws Exception {
        shop.local = false;
        assertThat(shop.run(ask()).outcome()).isEqualTo(Outcome.COMPLETED);
        RolloutFailed failed = shop.fails(ask().repository("orders-crash").digest(Shop.OLD));
        assertThat(failed.rollout().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(failed.problem().text()).contains("exit code 1", "Rolled back: revision 2 has the traffic.");
    }

    private void nothingChanged() {
        assertThat(shop.calls()).doesNotContain("RegisterTaskDefinition", "CreateDeployment", "UpdateService");
    }

    @Test
    void checkNamesTheDeploymentGroup() {
        assertThat(new CheckService(shop.apis())
                        .run("uat", "orders", Optional.empty(), "registry/orders", Wanted.NOTHING, Optional.empty()))
                .isEqualTo("container app, by CodeDeploy's DgpECS-uat-orders");
    }

    private String active() {
        List<String> ids = shop.codeDeploy
                .listDeployments(
                        ask -> ask.applicationName("AppECS-uat-orders").deploymentGroupName("DgpECS-uat-orders"))
                .deployments();
        return ids.get(0);
    }
}
