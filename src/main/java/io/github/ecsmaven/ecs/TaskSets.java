package io.github.ecsmaven.ecs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/**
 * The task sets of a service that CodeDeploy deploys, read as what they are: its deployments. ECS lists none for such a service,
 * and each task set carries the id of CodeDeploy's deployment that made it (ECS API reference, TaskSet.externalId). Pure.
 */
final class TaskSets {
    private TaskSets() {}

    static boolean isOfCodeDeploy(Service service) {
        return service.deploymentController() != null
                && service.deploymentController().type() == DeploymentControllerType.CODE_DEPLOY;
    }

    /**
     * The service as ECS describes one that it deploys itself: deployments with CodeDeploy's ids, task definition, network,
     * platform and capacity providers of the task set that has the traffic, every target group. A service without task sets stays as it is.
     */
    static Service asDeployments(Service service) {
        List<TaskSet> sets = service.taskSets();
        if (sets.isEmpty()) {
            return service;
        }
        List<LoadBalancer> balancers = sets.stream()
                .flatMap(set -> set.loadBalancers().stream())
                .distinct()
                .toList();
        Service.Builder as = service.toBuilder()
                .deployments(sets.stream().map(set -> deployment(set, sets)).toList())
                .loadBalancers(balancers.isEmpty() ? service.loadBalancers() : balancers);
        primary(service).ifPresent(set -> takeOn(set, as));
        return as.build();
    }

    /** What CodeDeploy has brought may differ from what the service was created with. */
    private static void takeOn(TaskSet set, Service.Builder as) {
        as.taskDefinition(set.taskDefinition());
        if (set.networkConfiguration() != null) {
            as.networkConfiguration(set.networkConfiguration());
        }
        if (set.platformVersion() != null) {
            as.platformVersion(set.platformVersion());
        }
        if (!set.capacityProviderStrategy().isEmpty()) {
            as.capacityProviderStrategy(set.capacityProviderStrategy());
        }
    }

    static Optional<TaskSet> primary(Service service) {
        return service.taskSets().stream()
                .filter(set -> "PRIMARY".equals(set.status()))
                .findFirst();
    }

    /** The task definition that a deployment of CodeDeploy brings; empty before it has made its task set. */
    static Optional<String> taskDefinition(Service service, String deploymentId) {
        return service.taskSets().stream()
                .filter(set -> deploymentId.equals(set.externalId()))
                .map(TaskSet::taskDefinition)
                .findFirst();
    }

    /** CodeDeploy's deployments by the ids of their task sets, which the tasks name as what started them. */
    static Map<String, String> deploymentIds(Service service) {
        return service.taskSets().stream().collect(Collectors.toMap(TaskSet::id, TaskSets::id, (one, same) -> one));
    }

    private static Deployment deployment(TaskSet set, List<TaskSet> all) {
        return Deployment.builder()
                .id(id(set))
                .status(set.status())
                .taskDefinition(set.taskDefinition())
                .desiredCount(set.computedDesiredCount())
                .pendingCount(set.pendingCount())
                .runningCount(set.runningCount())
                .createdAt(set.createdAt())
                .updatedAt(set.updatedAt())
                .rolloutState(state(set, all))
                .build();
    }

    /** As long as the one before it is there the newer one is not through. */
    private static DeploymentRolloutState state(TaskSet set, List<TaskSet> all) {
        boolean oldest = all.stream().noneMatch(other -> other.createdAt().isBefore(set.createdAt()));
        return oldest ? DeploymentRolloutState.COMPLETED : DeploymentRolloutState.IN_PROGRESS;
    }

    /** The first task set of a service was made by CreateService. */
    private static String id(TaskSet set) {
        return set.externalId() == null || set.externalId().isEmpty() ? set.id() : set.externalId();
    }
}
