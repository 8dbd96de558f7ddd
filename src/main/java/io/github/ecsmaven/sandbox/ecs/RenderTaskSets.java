package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The task sets of a service that CodeDeploy deploys, in the form of DescribeServices. Under the store's lock. */
final class RenderTaskSets {
    private final Store store;

    RenderTaskSets(Store store) {
        this.store = store;
    }

    /** Adds what comes from the set beside the service: task sets, counts and events. */
    void addTo(Service service, ObjectNode to) {
        Service beside = store.beside().get(BesideSets.besideArn(service.arn()));
        ArrayNode sets = to.putArray("taskSets");
        sets.add(set(service, service));
        if (beside == null) {
            return;
        }
        sets.add(set(service, beside));
        List<Task> tasks = store.tasksOf(beside.arn());
        to.put("runningCount", to.path("runningCount").asInt() + count(tasks, true));
        to.put("pendingCount", to.path("pendingCount").asInt() + count(tasks, false));
        List<ServiceEvent> events = new ArrayList<>(service.events());
        events.addAll(beside.events());
        events.sort(Comparator.comparingLong(ServiceEvent::createdAt).reversed());
        ArrayNode all = to.putArray("events");
        events.forEach(event -> {
            ObjectNode entry = all.addObject().put("id", event.id()).put("message", event.message());
            Json.time(entry, "createdAt", event.createdAt());
        });
    }

    private ObjectNode set(Service service, Service of) {
        Deployment primary = of.primary();
        List<Task> tasks = store.tasksOf(of.arn());
        ObjectNode to = Json.object().put("id", primary.id());
        to.put("taskSetArn", service.arn().replace(":service/", ":task-set/") + "/" + primary.id());
        to.put("serviceArn", service.arn()).put("clusterArn", service.clusterArn());
        String external = store.externalIds().getOrDefault(primary.id(), "");
        if (!external.isEmpty()) {
            to.put("startedBy", "CODE_DEPLOY").put("externalId", external);
        }
        to.put("status", status(of)).put("taskDefinition", primary.taskDefinition());
        to.put("computedDesiredCount", of.desired());
        to.put("pendingCount", count(tasks, false)).put("runningCount", count(tasks, true));
        Json.time(to, "createdAt", primary.createdAt());
        Json.time(to, "updatedAt", primary.updatedAt());
        to.put("launchType", "EC2");
        to.putArray("loadBalancers");
        to.putArray("serviceRegistries");
        Json.copy(of.settings(), to, "launchType", "platformVersion", "networkConfiguration", "loadBalancers");
        to.putObject("scale").put("value", 100.0).put("unit", "PERCENT");
        to.put("stabilityStatus", of.steady() ? "STEADY_STATE" : "STABILIZING");
        Json.time(to, "stabilityStatusAt", primary.updatedAt());
        to.putArray("tags");
        return to;
    }

    /** The one with the production traffic is PRIMARY. */
    static String status(Service of) {
        if (!of.arn().contains(":task-set/")) {
            return "PRIMARY";
        }
        return of.active() ? "ACTIVE" : "DRAINING";
    }

    private static int count(List<Task> tasks, boolean running) {
        return (int) tasks.stream()
                .filter(task -> running ? task.running() : task.pending())
                .count();
    }
}
