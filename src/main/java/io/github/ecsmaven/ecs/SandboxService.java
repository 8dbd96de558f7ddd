package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/** Makes up what a project that has never heard of ECS needs in the sandbox, whose network has one made-up subnet. */
final class SandboxService {
    private static final String SUBNET = "subnet-12345678";
    private static final String ROLE = "arn:aws:iam::000000000000:role/ecsTaskExecutionRole";
    private static final int GIB = 1024;

    private SandboxService() {}

    /** @param region of the log group */
    static RegisterTaskDefinitionRequest taskDefinition(RolloutRequest request, NewService wanted, Region region) {
        return RegisterTaskDefinitionRequest.builder()
                .family(request.service())
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .executionRoleArn(ROLE)
                .cpu(cpu(taskMemory(wanted.memory())))
                .memory(String.valueOf(taskMemory(wanted.memory())))
                .containerDefinitions(container(request, wanted, region))
                .build();
    }

    /** Adds what the project does not say. */
    static CreateServiceRequest.Builder complete(CreateServiceRequest.Builder service, NewService wanted) {
        CreateServiceRequest written = service.build();
        if (written.desiredCount() == null) {
            service.desiredCount(wanted.desiredCount());
        }
        if (written.launchType() == null && written.capacityProviderStrategy().isEmpty()) {
            service.launchType(LaunchType.FARGATE);
        }
        if (written.networkConfiguration() == null) {
            service.networkConfiguration(
                    n -> n.awsvpcConfiguration(v -> v.subnets(SUBNET).assignPublicIp(AssignPublicIp.ENABLED)));
        }
        return service;
    }

    private static ContainerDefinition container(RolloutRequest request, NewService wanted, Region region) {
        List<KeyValuePair> environment = wanted.environment().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> KeyValuePair.builder()
                        .name(e.getKey())
                        .value(e.getValue())
                        .build())
                .toList();
        return ContainerDefinition.builder()
                .name(request.containerName().orElse(request.service()))
                .essential(true)
                .memory(wanted.memory())
                .portMappings(PortMapping.builder()
                        .containerPort(wanted.port())
                        .protocol(TransportProtocol.TCP)
                        .build())
                .environment(environment)
                .logConfiguration(log -> log.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of(
                                "awslogs-group",
                                "/ecs/" + request.service(),
                                "awslogs-region",
                                region.id(),
                                "awslogs-stream-prefix",
                                "ecs")))
                .build();
    }

    /** Fargate has fixed sizes: 512 MiB, then whole GiB ("Task CPU and memory" in the developer guide). */
    static int taskMemory(int containerMemory) {
        return containerMemory <= GIB / 2 ? GIB / 2 : (containerMemory + GIB - 1) / GIB * GIB;
    }

    /** The smallest CPU size that Fargate pairs with this memory. */
    static String cpu(int taskMemory) {
        if (taskMemory <= 2 * GIB) {
            return "256";
        }
        return taskMemory <= 4 * GIB
                ? "512"
                : taskMemory <= 8 * GIB ? "1024" : taskMemory <= 16 * GIB ? "2048" : "4096";
    }
}
