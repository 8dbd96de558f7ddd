package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.fault.Placement;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.Optional;

/** RunTask: up to ten tasks that belong to no service; those that find no place are among the failures. */
final class RunTask implements Handler {
    private static final int MOST = 10;

    private final Store store;
    private final Names names;
    private final Render render;
    private final Placements placements;
    private final Ticker time;

    RunTask(Store store, Names names, Render render, Placements placements, Ticker time) {
        this.placements = placements;
        this.store = store;
        this.names = names;
        this.render = render;
        this.time = time;
    }

    @Override
    public ObjectNode handle(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        ObjectNode definition =
                names.usableTaskDefinition(request.path("taskDefinition").asText(""), caller);
        CreateService.checkNetwork(definition, request);
        checkOverrides(request, definition);
        int count = request.path("count").asInt(1);
        if (count < 1 || count > MOST) {
            throw Names.invalid("Count must be between 1 and " + MOST + ".");
        }
        ObjectNode answer = Json.object();
        ArrayNode tasks = answer.putArray("tasks");
        ArrayNode failures = answer.putArray("failures");
        for (int i = 0; i < count; i++) {
            Task task = task(cluster, definition, request);
            Optional<Placement> refusal = placements.refuseTask(task.group);
            if (refusal.isPresent()) {
                failures.add(failure(refusal.get(), cluster));
                continue;
            }
            store.tasks().put(task.arn, task);
            store.tags(task.arn).putAll(Json.tags(request.path("tags")));
            tasks.add(render.task(task, true));
        }
        return answer;
    }

    /** The call succeeds all the same: who asks has to look. */
    private static ObjectNode failure(Placement refusal, Cluster cluster) {
        ObjectNode failure = Json.object().put("reason", refusal.reason());
        if (refusal.ofAnInstance()) {
            failure.put("arn", cluster.arn().replace(":cluster/", ":container-instance/") + "/" + Placement.instance());
        }
        return failure;
    }

    private static void checkOverrides(ObjectNode request, ObjectNode definition) {
        var known = definition.path("containerDefinitions").findValuesAsText("name");
        request.path("overrides").path("containerOverrides").forEach(one -> {
            if (!known.contains(one.path("name").asText())) {
                throw Names.invalid("Override for container named "
                        + one.path("name").asText() + " is not a container in the TaskDefinition.");
            }
        });
    }

    private Task task(Cluster cluster, ObjectNode definition, ObjectNode request) {
        ObjectNode settings = Json.object();
        Json.copy(request, settings, "launchType", "platformVersion", "overrides", "enableExecuteCommand");
        Task task = TaskFactory.of(TaskFactory.newId(), cluster.arn(), definition, settings, time.millis());
        task.startedBy = request.path("startedBy").asText("");
        task.group = request.path("group")
                .asText("family:" + definition.path("family").asText());
        return task;
    }
}
