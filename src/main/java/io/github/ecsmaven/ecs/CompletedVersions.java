package io.github.ecsmaven.ecs;

import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** What a service has run and completed, the newest first. */
final class CompletedVersions {
    /** As many as DescribeServiceRevisions takes at once. */
    static final int MOST = 20;

    private CompletedVersions() {}

    /** The task definitions of the completed deployments that DescribeServices shows. */
    static List<String> shown(Service service) {
        return service.deployments().stream()
                .filter(deployment -> deployment.rolloutState() == DeploymentRolloutState.COMPLETED)
                .sorted(Comparator.comparing(Deployment::createdAt).reversed())
                .map(Deployment::taskDefinition)
                .toList();
    }

    /**
     * What ECS's history tells; empty also when it may not be read: then what is shown has to do.
     *
     * @param most how many are looked up
     */
    static List<ServiceRevision> recorded(EcsClient ecs, Service service, int most) {
        try {
            List<String> arns = ecs
                    .listServiceDeployments(ask -> ask.cluster(service.clusterArn())
                            .service(service.serviceName())
                            .status(ServiceDeploymentStatus.SUCCESSFUL))
                    .serviceDeployments()
                    .stream()
                    .sorted(Comparator.comparing(ServiceDeploymentBrief::createdAt)
                            .reversed())
                    .map(ServiceDeploymentBrief::targetServiceRevisionArn)
                    .distinct()
                    .limit(most)
                    .toList();
            if (arns.isEmpty()) {
                return List.of();
            }
            return ecs.describeServiceRevisions(ask -> ask.serviceRevisionArns(arns)).serviceRevisions().stream()
                    .sorted(Comparator.comparingInt(found -> arns.indexOf(found.serviceRevisionArn())))
                    .toList();
        } catch (SdkException notReadable) {
            return List.of();
        }
    }
}
