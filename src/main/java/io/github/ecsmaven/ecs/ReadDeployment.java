package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.DeploymentSeen;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Step;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackConfiguration;
import software.amazon.awssdk.services.codedeploy.model.AutoRollbackEvent;
import software.amazon.awssdk.services.codedeploy.model.BlueGreenDeploymentConfiguration;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.ECSTarget;
import software.amazon.awssdk.services.codedeploy.model.ECSTaskSet;
import software.amazon.awssdk.services.codedeploy.model.ErrorInformation;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.TargetLabel;

/** Turns CodeDeploy's answers, in which anything may be null, into the values that are judged. */
final class ReadDeployment {
    private ReadDeployment() {}

    static DeploymentSeen deployment(DeploymentInfo info, Target target) {
        return new DeploymentSeen(
                ReadObservation.text(info.deploymentId()),
                ReadObservation.text(info.statusAsString()),
                error(info.errorInformation()),
                Optional.ofNullable(info.rollbackInfo())
                        .flatMap(back -> Optional.ofNullable(back.rollbackDeploymentId()))
                        .filter(id -> !id.isEmpty()),
                rollsBack(info.autoRollbackConfiguration()),
                Optional.ofNullable(info.completeTime()),
                termination(info.blueGreenDeploymentConfiguration()),
                Boolean.TRUE.equals(info.instanceTerminationWaitTimeStarted()),
                target);
    }

    private static String error(@Nullable ErrorInformation error) {
        return error == null ? "" : ReadObservation.text(error.codeAsString()) + ": " + said(error);
    }

    private static String said(ErrorInformation error) {
        return ReadObservation.text(error.message()).strip();
    }

    private static boolean rollsBack(@Nullable AutoRollbackConfiguration rollback) {
        return rollback != null
                && Boolean.TRUE.equals(rollback.enabled())
                && rollback.events().contains(AutoRollbackEvent.DEPLOYMENT_FAILURE);
    }

    private static Duration termination(@Nullable BlueGreenDeploymentConfiguration configuration) {
        return Optional.ofNullable(configuration)
                .flatMap(one -> Optional.ofNullable(one.terminateBlueInstancesOnDeploymentSuccess()))
                .flatMap(option -> Optional.ofNullable(option.terminationWaitTimeInMinutes()))
                .map(Duration::ofMinutes)
                .orElse(Duration.ZERO);
    }

    static Target target(ECSTarget target) {
        Optional<Double> traffic = target.taskSetsInfo().stream()
                .filter(set -> set.taskSetLabel() == TargetLabel.GREEN)
                .findFirst()
                .map(ECSTaskSet::trafficWeight);
        List<Step> steps =
                target.lifecycleEvents().stream().map(ReadDeployment::step).toList();
        Optional<Instant> lastStep = target.lifecycleEvents().stream()
                .map(LifecycleEvent::endTime)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        return new Target(steps, traffic, lastStep);
    }

    private static Step step(LifecycleEvent event) {
        return new Step(
                ReadObservation.text(event.lifecycleEventName()),
                ReadObservation.text(event.statusAsString()),
                event.diagnostics() == null
                        ? ""
                        : ReadObservation.text(event.diagnostics().message()));
    }
}
