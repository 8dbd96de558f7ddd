package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.DeploymentSeen;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.DeploymentGroupInfo;
import software.amazon.awssdk.services.codedeploy.model.LastDeploymentInfo;

/**
 * CodeDeploy's deployment group that owns a service.
 *
 * @param application its name
 * @param name its own
 * @param active id of the deployment that is under way; empty when there is none
 */
record DeploymentGroup(String application, String name, Optional<String> active) {
    static DeploymentGroup of(DeploymentGroupInfo found) {
        return new DeploymentGroup(
                ReadObservation.text(found.applicationName()),
                ReadObservation.text(found.deploymentGroupName()),
                Optional.ofNullable(found.lastAttemptedDeployment())
                        .filter(last -> DeploymentSeen.UNDER_WAY.contains(ReadObservation.text(last.statusAsString())))
                        .map(LastDeploymentInfo::deploymentId));
    }
}
