package io.github.ecsmaven.ecs.definition;

import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/**
 * A task definition that ECS has.
 *
 * @param arn of the revision
 * @param again what registers it once more, with its tags
 */
public record KnownDefinition(String arn, RegisterTaskDefinitionRequest again) {
    /**
     * @param definition family, {@code family:revision} or ARN
     * @throws software.amazon.awssdk.core.exception.SdkException when ECS refuses
     */
    public static KnownDefinition read(EcsClient ecs, String definition) {
        DescribeTaskDefinitionResponse known =
                ecs.describeTaskDefinition(ask -> ask.taskDefinition(definition).include(TaskDefinitionField.TAGS));
        return new KnownDefinition(
                known.taskDefinition().taskDefinitionArn(),
                CopyTaskDefinition.request(known.taskDefinition(), known.tags()));
    }
}
