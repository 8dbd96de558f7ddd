package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskSet;

class TaskSetsTest {
    private static final String TASK = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:";

    /** What CodeDeploy has brought may differ from what the service was created with. */
    @Test
    void asDeploymentsWhenTheSetThatServesHasNetworkPlatformAndProvidersTakesThemOn() {
        Service service = TaskSets.asDeployments(service(set("PRIMARY", 2)
                .platformVersion("1.4.0")
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-2")))
                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                        .capacityProvider("FARGATE_SPOT")
                        .build())));
        assertThat(service.taskDefinition()).isEqualTo(TASK + 2);
        assertThat(service.platformVersion()).isEqualTo("1.4.0");
        assertThat(service.networkConfiguration().awsvpcConfiguration().subnets())
                .containsExactly("subnet-2");
        assertThat(service.capacityProviderStrategy())
                .extracting(CapacityProviderStrategyItem::capacityProvider)
                .containsExactly("FARGATE_SPOT");
    }

    @Test
    void asDeploymentsWhenTheSetSaysNothingOfThemKeepsTheServices() {
        Service service = TaskSets.asDeployments(service(set("PRIMARY", 2)));
        assertThat(service.networkConfiguration().awsvpcConfiguration().subnets())
                .containsExactly("subnet-1");
    }

    private static Service service(TaskSet.Builder set) {
        return Service.builder()
                .serviceName("orders")
                .taskDefinition(TASK + 1)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")))
                .taskSets(set.build())
                .build();
    }

    private static TaskSet.Builder set(String status, int revision) {
        return TaskSet.builder()
                .id("ecs-svc/" + revision)
                .status(status)
                .taskDefinition(TASK + revision)
                .createdAt(Instant.EPOCH);
    }
}
