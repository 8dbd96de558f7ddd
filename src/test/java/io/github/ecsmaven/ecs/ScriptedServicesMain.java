package io.github.ecsmaven.ecs;

import io.github.ecsmaven.sandbox.ecs.TimedEcs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** ECS with scripted tasks, for whole builds; as a process for the benchmarks: {@code <folder> <services>}; writes its address. */
public final class ScriptedServicesMain {
    private ScriptedServicesMain() {}

    public static void main(String[] args) throws Exception {
        System.out.println(started(Path.of(args[0]), Integer.parseInt(args[1])).endpoint());
        Thread.currentThread().join();
    }

    /** With the services service-1, service-2 and so on in the cluster uat, which serve. */
    public static TimedEcs started(Path folder, int services) throws IOException, InterruptedException {
        TimedEcs aws = new TimedEcs(folder, Clock.systemUTC());
        aws.start();
        try (EcsClient ecs = FakeEcs.built(EcsClient.builder(), aws.endpoint())) {
            for (int i = 1; i <= services; i++) {
                create(ecs, "service-" + i, 2, 200, false);
            }
            for (int i = 1; i <= services; i++) {
                awaitCompleted(ecs, "service-" + i);
            }
        }
        return aws;
    }

    private static void awaitCompleted(EcsClient ecs, String name) throws InterruptedException {
        while (ecs.describeServices(ask -> ask.cluster("uat").services(name)).services().stream()
                .flatMap(service -> service.deployments().stream())
                .noneMatch(deployment -> "COMPLETED".equals(deployment.rolloutStateAsString()))) {
            Thread.sleep(50);
        }
    }

    /** A service in the cluster uat whose tasks serve at once. */
    static void create(EcsClient ecs, String name, int desired, int most, boolean breaker) {
        ContainerDefinition container = ContainerDefinition.builder()
                .name("app")
                .image("registry/good-0s@sha256:" + "cd".repeat(32))
                .memory(128)
                .build();
        ecs.createCluster(ask -> ask.clusterName("uat"));
        ecs.registerTaskDefinition(ask -> ask.family(name).containerDefinitions(container));
        ecs.createService(ask -> ask.cluster("uat")
                .serviceName(name)
                .taskDefinition(name)
                .desiredCount(desired)
                .deploymentConfiguration(rules -> rules.minimumHealthyPercent(100)
                        .maximumPercent(most)
                        .deploymentCircuitBreaker(one -> one.enable(breaker).rollback(breaker))));
    }
}
