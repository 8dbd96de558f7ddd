package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.util.List;
import java.util.Map;

/** ListTasks, DescribeTasks, StopTask. */
final class TaskActions {
    private static final int MOST = 100;

    private final Store store;
    private final Names names;
    private final Render render;
    private final Ticker time;

    TaskActions(Store store, Names names, Render render, Ticker time) {
        this.store = store;
        this.names = names;
        this.render = render;
        this.time = time;
    }

    void addTo(Map<String, Handler> handlers) {
        handlers.put("ListTasks", this::list);
        handlers.put("DescribeTasks", this::describe);
        handlers.put("StopTask", this::stop);
    }

    private ObjectNode list(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        String service = request.path("serviceName").asText("");
        if (!service.isEmpty() && names.find(cluster, service).isEmpty()) {
            throw new AwsError("ServiceNotFoundException", 400, "Service not found.");
        }
        String serviceArn = service.isEmpty()
                ? ""
                : names.find(cluster, service).map(Service::arn).orElse("");
        List<String> arns = store.tasks().values().stream()
                .filter(task -> task.clusterArn.equals(cluster.arn()))
                .filter(task -> serviceArn.isEmpty() || BesideSets.isOf(task, serviceArn))
                .filter(task -> fits(task, request))
                .map(task -> task.arn)
                .toList();
        return Json.page(arns, request, "taskArns", MOST);
    }

    /** Without a wish only those that shall run are listed. ECS API, ListTasks. */
    private static boolean fits(Task task, ObjectNode request) {
        String family = request.path("family").asText("");
        String startedBy = request.path("startedBy").asText("");
        String launchType = request.path("launchType").asText("");
        boolean otherFamily = !family.isEmpty() && !task.taskDefinition.contains(":task-definition/" + family + ":");
        return task.desiredStatus.equals(request.path("desiredStatus").asText("RUNNING"))
                && !otherFamily
                && !request.has("containerInstance")
                && (startedBy.isEmpty() || task.startedBy.equals(startedBy))
                && (launchType.isEmpty()
                        || task.settings.path("launchType").asText("EC2").equals(launchType));
    }

    private ObjectNode describe(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        boolean withTags = Json.includesTags(request);
        return Described.answer(
                "tasks",
                Described.asked(request, "tasks", MOST),
                one -> names.task(cluster, one).map(task -> render.task(task, withTags)),
                one -> Names.arn(cluster, "task", one));
    }

    private ObjectNode stop(ObjectNode request, Caller caller) {
        Cluster cluster = names.cluster(request, caller);
        Task task = names.task(cluster, request.path("task").asText(""))
                .orElseThrow(() -> Names.invalid("The referenced task was not found."));
        task.leave("UserInitiated", request.path("reason").asText("Task stopped by user"), time.millis());
        ObjectNode answer = Json.object();
        answer.set("task", render.task(task, true));
        return answer;
    }
}
