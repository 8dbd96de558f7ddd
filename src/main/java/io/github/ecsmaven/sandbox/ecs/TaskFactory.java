package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Makes the entries of new tasks. */
final class TaskFactory {
    private TaskFactory() {}

    /** 32 hex digits, as ECS names tasks. */
    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static Task of(String id, String clusterArn, ObjectNode taskDefinition, ObjectNode settings, long now) {
        Task task = new Task();
        task.id = id;
        task.clusterArn = clusterArn;
        task.arn = clusterArn.replace(":cluster/", ":task/") + "/" + id;
        task.taskDefinition = taskDefinition.path("taskDefinitionArn").asText();
        task.settings = settings;
        task.createdAt = now;
        for (JsonNode definition : taskDefinition.path("containerDefinitions")) {
            TaskContainer container = new TaskContainer();
            container.arn = task.arn.replace(":task/", ":container/") + "/" + UUID.randomUUID();
            container.name = definition.path("name").asText();
            container.image = definition.path("image").asText();
            container.essential = definition.path("essential").asBoolean(true);
            task.containers.add(container);
        }
        return task;
    }
}
