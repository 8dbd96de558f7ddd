package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.ProjectFile;
import io.github.ecsmaven.ecs.definition.ReadDefinition;
import io.github.ecsmaven.ecs.definition.Wanted;
import io.github.ecsmaven.ecs.definition.Wanted.Creation;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;

/** The service that is to be created: the project's file, and its properties over it. Pure. */
final class WantedService {
    private WantedService() {}

    /**
     * What the file says, or nothing.
     *
     * @throws Problem when it is about another service, or one that ECS itself does not deploy
     */
    static CreateServiceRequest written(String service, String cluster, Wanted wanted) {
        Optional<ProjectFile> file = wanted.service().flatMap(Creation::file);
        CreateServiceRequest written = file.map(ReadDefinition::service)
                .orElseGet(() -> CreateServiceRequest.builder().build());
        file.ifPresent(there -> check(there.name(), service, cluster, written));
        return written;
    }

    private static void check(String file, String service, String cluster, CreateServiceRequest written) {
        if (written.serviceName() != null && !written.serviceName().equals(service)) {
            throw Problem.ofProject(
                    file + " is about the service '" + written.serviceName() + "', and '" + service
                            + "' is to be deployed.",
                    "set ecs.service=" + written.serviceName() + ", or remove serviceName from the file.");
        }
        if (written.cluster() != null && !Arns.name(written.cluster()).equals(Arns.name(cluster))) {
            throw Problem.ofProject(
                    file + " is about the cluster '" + Arns.name(written.cluster()) + "', and '" + Arns.name(cluster)
                            + "' is deployed to.",
                    "set ecs.cluster=" + Arns.name(written.cluster()) + ", or remove cluster from the file.");
        }
        if (written.deploymentController() != null
                && written.deploymentController().type() != DeploymentControllerType.ECS) {
            throw Problem.ofProject(
                    file + " wants the deployment controller "
                            + written.deploymentController().typeAsString() + ": such a service is not created here.",
                    "create it first, with what deploys it; or write ECS, or remove deploymentController from the file.");
        }
    }

    /** The whole request, but for the task definition's ARN. */
    static CreateServiceRequest of(RolloutRequest request, CreateServiceRequest written, WantedTask task) {
        CreateServiceRequest.Builder service =
                written.toBuilder().cluster(request.cluster()).serviceName(request.service());
        request.wanted().service().ifPresent(creation -> apply(creation, service, task));
        request.whenMissing().ifPresent(sandbox -> SandboxService.complete(service, sandbox));
        complete(service);
        CreateServiceRequest whole = service.build();
        boolean network = whole.networkConfiguration() != null
                && whole.networkConfiguration().awsvpcConfiguration() != null;
        if (task.definition().networkMode() == NetworkMode.AWSVPC && !network) {
            throw Problem.ofProject(
                    "The service '" + request.service()
                            + "' can't be created: its tasks have the network mode awsvpc, and no"
                            + " subnets are named.",
                    "set ecs.service.subnets=subnet-…,subnet-…, or networkConfiguration in the service's file.");
        }
        return whole;
    }

    private static void apply(Creation creation, CreateServiceRequest.Builder service, WantedTask task) {
        creation.desiredCount().ifPresent(service::desiredCount);
        creation.launchType().ifPresent(type -> service.launchType(type)
                .capacityProviderStrategy((Collection<CapacityProviderStrategyItem>) null));
        creation.capacityProvider().ifPresent(provider -> service.launchType((String) null)
                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                        .capacityProvider(provider)
                        .weight(1)
                        .build()));
        network(creation.network(), service);
        creation.targetGroup()
                .ifPresent(group -> service.loadBalancers(LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName(task.container())
                        .containerPort(creation.port().orElseGet(() -> firstPort(task)))
                        .build()));
    }

    private static void network(Wanted.Network wanted, CreateServiceRequest.Builder service) {
        NetworkConfiguration before = service.build().networkConfiguration();
        AwsVpcConfiguration.Builder network = before == null || before.awsvpcConfiguration() == null
                ? AwsVpcConfiguration.builder()
                : before.awsvpcConfiguration().toBuilder();
        if (!wanted.subnets().isEmpty()) {
            network.subnets(wanted.subnets());
        }
        if (!wanted.securityGroups().isEmpty()) {
            network.securityGroups(wanted.securityGroups());
        }
        wanted.publicIp()
                .ifPresent(on -> network.assignPublicIp(on ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED));
        if (!network.build().equals(AwsVpcConfiguration.builder().build())) {
            service.networkConfiguration(n -> n.awsvpcConfiguration(network.build()));
        }
    }

    private static int firstPort(WantedTask task) {
        return task.definition().containerDefinitions().stream()
                .filter(container -> container.name().equals(task.container()))
                .map(ContainerDefinition::portMappings)
                .flatMap(List::stream)
                .map(mapping -> mapping.containerPort())
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "The target group can't be used: the container '" + task.container()
                                + "' has no port in the task definition.",
                        "add portMappings to it, or set ecs.service.containerPort."));
    }

    /** One task, and a circuit breaker that rolls back, unless the project decides otherwise. */
    private static void complete(CreateServiceRequest.Builder service) {
        CreateServiceRequest written = service.build();
        if (written.desiredCount() == null && written.schedulingStrategy() != SchedulingStrategy.DAEMON) {
            service.desiredCount(1);
        }
        DeploymentConfiguration before = written.deploymentConfiguration();
        if (before == null || before.deploymentCircuitBreaker() == null) {
            DeploymentConfiguration.Builder rules =
                    before == null ? DeploymentConfiguration.builder() : before.toBuilder();
            service.deploymentConfiguration(rules.deploymentCircuitBreaker(
                            breaker -> breaker.enable(true).rollback(true))
                    .build());
        }
    }
}
