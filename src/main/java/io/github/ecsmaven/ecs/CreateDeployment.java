package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.BeginRollout.Plan;
import io.github.ecsmaven.ecs.BeginRollout.Step;
import io.github.ecsmaven.ecs.definition.AppSpec;
import io.github.ecsmaven.ecs.definition.CompareDefinitions;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Deploys through CodeDeploy: exactly one CreateDeployment. A group has one deployment at a time; a second one is refused. */
final class CreateDeployment implements Deployer {
    /** {@code The Deployment Group 'x' already has an active Deployment 'd-…'} */
    private static final Pattern ACTIVE = Pattern.compile("\\bd-[A-Z0-9]+\\b");

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** In the place of the ARN until the revision is registered, so that the rest of an AppSpec can be checked. */
    private static final String NOT_YET = "<TASK_DEFINITION>";

    private final EcsClient ecs;
    private final CodeDeployClient codeDeploy;
    private final Wanted.CodeDeploy wanted;
    private final Service service;
    private final DeploymentGroup group;

    private CreateDeployment(RolloutApis apis, Wanted.CodeDeploy wanted, Service service) {
        this.ecs = apis.ecs();
        this.codeDeploy = apis.codeDeploy().get();
        this.wanted = wanted;
        this.service = service;
        this.group = new FindDeploymentGroup(codeDeploy, wanted).run(service);
    }

    /** @throws Problem when no deployment group of CodeDeploy owns the service */
    static CreateDeployment of(RolloutApis apis, Wanted.CodeDeploy wanted, Service service) {
        return new CreateDeployment(apis, wanted, service);
    }

    /**
     * The group, once there is an AppSpec for such a task.
     *
     * @throws Problem when there is none
     */
    DeploymentGroup check(WantedTask task) {
        appSpec(task, NOT_YET);
        return group;
    }

    DeploymentGroup group() {
        return group;
    }

    @Override
    public Plan look(Plan plan) {
        check(plan.task());
        if (group.active().isPresent()) {
            String active = group.active().get();
            return brings(active, plan).map(plan::follow).orElseThrow(() -> busy(active, null));
        }
        if (plan.restart() || (plan.step() != Step.FORCE && plan.step() != Step.FOLLOW)) {
            return plan;
        }
        // Nothing is under way: of a deployment that is over, or was stopped, the older task set may still be there.
        return ReadObservation.number(service.runningCount()) > 0 ? plan.nothing() : plan.force();
    }

    /** The task definition of a deployment, when it is what is wanted; a restart of it is a deployment of its own. */
    private Optional<String> brings(String deployment, Plan plan) {
        return TaskSets.taskDefinition(service, deployment)
                .filter(arn -> !plan.restart())
                .map(arn -> EcsCalls.call(
                        "describe the task definition '" + Arns.name(arn) + "'", () -> KnownDefinition.read(ecs, arn)))
                .filter(known -> CompareDefinitions.changes(
                                known.again(),
                                plan.task().definition(),
                                plan.task().container())
                        .isEmpty())
                .map(KnownDefinition::arn);
    }

    @Override
    public String run(Plan plan, String taskDefinition) {
        return plan.step() == Step.FOLLOW ? group.active().orElseThrow() : create(appSpec(plan.task(), taskDefinition));
    }

    private AppSpec appSpec(WantedTask task, String taskDefinition) {
        return AppSpec.of(wanted.appSpec(), service, task, taskDefinition);
    }

    /** @return id of the deployment */
    String create(AppSpec spec) {
        try {
            return codeDeploy
                    .createDeployment(to -> to.applicationName(group.application())
                            .deploymentGroupName(group.name())
                            .description("ecs-maven-plugin")
                            .revision(revision -> revision.revisionType(RevisionLocationType.APP_SPEC_CONTENT)
                                    .appSpecContent(content ->
                                            content.content(spec.content()).sha256(spec.sha256()))))
                    .deploymentId();
        } catch (DeploymentLimitExceededException another) {
            return same(another, spec);
        } catch (SdkException refused) {
            throw EcsCalls.problem(doing(), refused);
        }
    }

    /** The SDK calls again when an answer is lost: then what is under way is the very deployment that the lost answer named. */
    private String same(DeploymentLimitExceededException another, AppSpec spec) {
        Matcher id = ACTIVE.matcher(String.valueOf(another.getMessage()));
        if (!id.find()) {
            throw EcsCalls.problem(doing(), another);
        }
        boolean same = info(id.group())
                .map(DeploymentInfo::revision)
                .map(RevisionLocation::appSpecContent)
                .filter(content -> spec.sha256().equals(content.sha256()))
                .isPresent();
        if (!same) {
            throw busy(id.group(), another);
        }
        return id.group();
    }

    private String doing() {
        return "deploy service '" + service.serviceName() + "' through CodeDeploy (" + group.name() + ")";
    }

    /** Says whose deployment it is, and what it still waits for. */
    private Problem busy(String id, @Nullable SdkException refused) {
        Optional<DeploymentInfo> other = info(id);
        List<String> evidence = new ArrayList<>();
        other.ifPresent(info -> evidence.add("It was created by " + info.creatorAsString() + " at "
                + UTC.format(info.createTime())
                + (info.description() == null ? "" : " (" + info.description() + ")") + ", and is "
                + info.statusAsString() + "."));
        TaskSets.taskDefinition(service, id).ifPresent(arn -> evidence.add("It brings " + Arns.revision(arn) + "."));
        boolean terminating =
                other.map(DeploymentInfo::instanceTerminationWaitTimeStarted).orElse(false);
        String next = terminating
                ? "it only waits before it ends the original tasks: aws deploy continue-deployment --deployment-id "
                        + id + " --deployment-wait-type TERMINATION_WAIT ends that; then deploy again."
                : "let it come to its end, or stop it (aws deploy stop-deployment --deployment-id " + id
                        + " --auto-rollback-enabled); then deploy again.";
        return new Problem(
                Problem.Blame.PROJECT,
                "Another deployment of " + service.serviceName() + " in " + Arns.name(service.clusterArn())
                        + " is under way: " + id + ". Nothing was changed at the service.",
                evidence,
                next,
                refused);
    }

    private Optional<DeploymentInfo> info(String id) {
        try {
            return Optional.of(
                    codeDeploy.getDeployment(ask -> ask.deploymentId(id)).deploymentInfo());
        } catch (SdkException notReadable) {
            // It adds detail to an error, no more.
            return Optional.empty();
        }
    }

    /** CodeDeploy knows no circuit breaker; its own rollback is seen at the deployment. */
    @Override
    public Expected.Breaker breaker() {
        return Expected.Breaker.OFF;
    }
}
