package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/** Creates cluster, task definition and service on first use; for the sandbox, whose network has one made-up subnet. */
final class CreateService {
    private static final String SUBNET = "subnet-12345678";
    private static final int GIB = 1024;

    private final EcsClient ecs;
    private final Clock clock;

    CreateService(EcsClient ecs, Clock clock) {
        this.ecs = ecs;
        this.clock = clock;
    }

    /** Its first rollout, begun. */
    Begun run(RolloutRequest request, NewService wanted) {
        Instant started = clock.instant();
        Service made = create(request, wanted);
        Expected expected = new Expected(
                Arns.name(request.cluster()),
                request.service(),
                ServiceFacts.begun(made),
                made.taskDefinition(),
                Optional.empty(),
                request.containerName().orElse(request.service()),
                Optional.of(Expected.Image.of(request)),
                wanted.desiredCount(),
                ServiceFacts.breaker(made),
                started,
                request.timeout());
        return new Begun(expected, Optional.empty(), Set.of(), ServiceFacts.url(made));
    }

    private Service create(RolloutRequest request, NewService wanted) {
        String cluster = EcsCalls.call("create cluster '" + request.cluster() + "'", () -> ecs.createCluster(
                        c -> c.clusterName(Arns.name(request.cluster())))
                .cluster()
                .clusterArn());
        String taskDefinition = register(request, wanted, cluster.split(":", -1)[4]);
        return EcsCalls.call("create service '" + request.service() + "'", () -> ecs.createService(s -> s.cluster(
                                request.cluster())
                        .serviceName(request.service())
                        .taskDefinition(taskDefinition)
                        .desiredCount(wanted.desiredCount())
                        .launchType(LaunchType.FARGATE)
                        .networkConfiguration(n ->
                                n.awsvpcConfiguration(v -> v.subnets(SUBNET).assignPublicIp(AssignPublicIp.ENABLED)))
                        .deploymentConfiguration(d -> d.minimumHealthyPercent(100)
                                .maximumPercent(200)
                                .deploymentCircuitBreaker(b -> b.enable(true).rollback(true))))
                .service());
    }

    private String register(RolloutRequest request, NewService wanted, String account) {
        return EcsCalls.call(
                "register a task definition for '" + request.service() + "'",
                () -> ecs.registerTaskDefinition(t -> t.family(request.service())
                                .networkMode(NetworkMode.AWSVPC)
                                .requiresCompatibilities(Compatibility.FARGATE)
                                .executionRoleArn("arn:aws:iam::" + account + ":role/ecsTaskExecutionRole")
                                .cpu(cpu(taskMemory(wanted.memory())))
                                .memory(String.valueOf(taskMemory(wanted.memory())))
                                .containerDefinitions(container(request, wanted)))
                        .taskDefinition()
                        .taskDefinitionArn());
    }

    private static ContainerDefinition container(RolloutRequest request, NewService wanted) {
        List<KeyValuePair> environment = wanted.environment().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> KeyValuePair.builder()
                        .name(e.getKey())
                        .value(e.getValue())
                        .build())
                .toList();
        return ContainerDefinition.builder()
                .name(request.containerName().orElse(request.service()))
                .image(request.image())
                .essential(true)
                .memory(wanted.memory())
                .portMappings(PortMapping.builder()
                        .containerPort(wanted.port())
                        .protocol(TransportProtocol.TCP)
                        .build())
                .environment(environment)
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
