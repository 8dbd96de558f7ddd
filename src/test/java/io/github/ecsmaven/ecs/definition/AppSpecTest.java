package io.github.ecsmaven.ecs.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

class AppSpecTest {
    private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:18";
    private static final String WHOLE =
            "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                    + "\"Properties\":{\"LoadBalancerInfo\":{\"ContainerName\":\"app\",\"ContainerPort\":8080},\"TaskDefinition\":\""
                    + ARN + "\"}}}]}";

    private static final WantedTask TASK = new WantedTask(
            RegisterTaskDefinitionRequest.builder()
                    .family("orders")
                    .containerDefinitions(
                            ContainerDefinition.builder()
                                    .name("app")
                                    .portMappings(PortMapping.builder()
                                            .containerPort(8080)
                                            .build())
                                    .build(),
                            ContainerDefinition.builder().name("proxy").build())
                    .build(),
            "app");

    @Test
    void ofWhenThereIsNoFileIsMadeFromTheLoadBalancer() {
        AppSpec spec = AppSpec.of(Optional.empty(), service().build(), TASK, ARN);
        assertThat(spec.content()).isEqualTo(WHOLE);
        assertThat(spec.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void ofWhenTheServiceHasPlatformNetworkAndProvidersTakesThemOn() {
        Service service = service()
                .platformVersion("1.4.0")
                .networkConfiguration(n -> n.awsvpcConfiguration(
                        v -> v.subnets("subnet-1").securityGroups("sg-1").assignPublicIp(AssignPublicIp.ENABLED)))
                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .base(0)
                        .weight(2)
                        .build())
                .build();
        assertThat(AppSpec.of(Optional.empty(), service, TASK, ARN).content())
                .contains(
                        "\"PlatformVersion\":\"1.4.0\"",
                        "\"NetworkConfiguration\":{\"AwsvpcConfiguration\":{\"Subnets\":[\"subnet-1\"],\"SecurityGroups\":[\"sg-1\"],"
                                + "\"AssignPublicIp\":\"ENABLED\"}}",
                        "\"CapacityProviderStrategy\":[{\"CapacityProvider\":\"FARGATE_SPOT\",\"Base\":0,\"Weight\":2}]");
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("a placeholder of the console", "appspec.yaml", """
                        version: 0.0
                        Resources:
                          - TargetService:
                              Type: AWS::ECS::Service
                              Properties:
                                LoadBalancerInfo:
                                  ContainerName: app
                                  ContainerPort: 8080
                                TaskDefinition: <TASK_DEFINITION>
                        """),
                Arguments.of("properties of the build, no task definition", "appspec.yml", """
                        version: 0.0
                        Resources:
                          - TargetService:
                              Type: AWS::ECS::Service
                              Properties:
                                LoadBalancerInfo:
                                  ContainerName: ${name}
                                  ContainerPort: "${port}"
                        """),
                Arguments.of("JSON", "appspec.json", """
                        {"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties":
                          {"LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 8080}, "TaskDefinition": "x"}}}]}
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void ofWhenThereIsAFileFillsItIn(String label, String name, String text) {
        assertThat(AppSpec.of(file(name, text), service().build(), TASK, ARN).content())
                .isEqualTo(WHOLE);
    }

    @Test
    void ofWhenNamesAreWrittenSmallAndThereAreHooksKeepsThem() {
        String text = """
                version: 0.0
                resources:
                  - orders:
                      type: AWS::ECS::Service
                      properties:
                        taskDefinition: x
                        loadBalancerInfo: {containerName: app, containerPort: 8080}
                hooks:
                  - AfterAllowTestTraffic: check-orders
                """;
        assertThat(AppSpec.of(file("appspec.yaml", text), service().build(), TASK, ARN)
                        .content())
                .contains(
                        "\"taskDefinition\":\"" + ARN + "\"",
                        "\"hooks\":[{\"AfterAllowTestTraffic\":\"check-orders\"}]")
                .doesNotContain("TaskDefinition\":\"x");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("{\"Resources\": []}", "appspec.json has to name exactly one service below Resources."),
                Arguments.of(
                        resource("{\"Type\": \"AWS::Lambda::Function\"}"),
                        "appspec.json is not about an ECS service: Type is 'AWS::Lambda::Function'."),
                Arguments.of(resource("{\"Type\": \"AWS::ECS::Service\"}"), "appspec.json has no Properties."),
                Arguments.of(
                        balancer("{\"ContainerName\": \"app\"}"),
                        "appspec.json does not say where the load balancer reaches the tasks."),
                Arguments.of(
                        balancer("{\"ContainerName\": \"apo\", \"ContainerPort\": 8080}"),
                        "appspec.json leads to the container 'apo', which the task definition 'orders' does not have.\n"
                                + "  It has app, proxy.\nNext: write ContainerName: app."),
                Arguments.of(
                        balancer("{\"ContainerName\": \"app\", \"ContainerPort\": 80}"),
                        "appspec.json leads to port 80, which the container 'app' does not have in the task definition.\n"
                                + "  It has [8080]."),
                Arguments.of(
                        balancer("{\"ContainerName\": \"${nmae}\", \"ContainerPort\": 80}"),
                        "appspec.json names properties that do not exist."));
    }

    private static String resource(String target) {
        return "{\"Resources\": [{\"TargetService\": " + target + "}]}";
    }

    private static String balancer(String info) {
        return resource("{\"Type\": \"AWS::ECS::Service\", \"Properties\": {\"LoadBalancerInfo\": " + info + "}}");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void ofWhenTheFileCannotBeUsedSaysWhy(String text, String start) {
        assertThat(problem(file("appspec.json", text), service().build())).startsWith(start);
    }

    @Test
    void ofWhenThereIsNeitherFileNorLoadBalancerIsRefused() {
        assertThat(problem(
                        Optional.empty(),
                        Service.builder().serviceName("orders").build()))
                .isEqualTo("The service 'orders' has no load balancer from which an AppSpec could be made.\n"
                        + "Next: write src/main/ecs/appspec.yaml, with ContainerName and ContainerPort.");
    }

    private static String problem(Optional<ProjectFile> file, Service service) {
        return catchThrowableOfType(Problem.class, () -> AppSpec.of(file, service, TASK, ARN))
                .text();
    }

    private static Optional<ProjectFile> file(String name, String text) {
        return Optional.of(new ProjectFile(name, text, Map.of("name", "app", "port", "8080")));
    }

    private static Service.Builder service() {
        return Service.builder()
                .serviceName("orders")
                .loadBalancers(LoadBalancer.builder()
                        .containerName("app")
                        .containerPort(8080)
                        .build());
    }
}
