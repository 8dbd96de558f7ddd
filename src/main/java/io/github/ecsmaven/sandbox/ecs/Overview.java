package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** All that runs, as the page shows it: one look at the store. Times are epoch seconds. */
final class Overview {
    private static final int EVENTS = 40;
    private static final int HISTORY = 10;
    private static final int STOPPED = 6;

    private final Store store;

    Overview(Store store) {
        this.store = store;
    }

    ArrayNode clusters() {
        ArrayNode list = Json.object().arrayNode();
        synchronized (store) {
            store.clusters().values().stream().filter(Cluster::active).forEach(cluster -> list.add(cluster(cluster)));
        }
        return list;
    }

    private ObjectNode cluster(Cluster cluster) {
        String[] parts = cluster.arn().split(":");
        ObjectNode to = Json.object().put("arn", cluster.arn()).put("name", cluster.name());
        to.put("region", parts[3]).put("account", parts[4]);
        ArrayNode services = to.putArray("services");
        store.services().values().stream()
                .filter(one -> one.clusterArn().equals(cluster.arn()))
                .filter(one -> !one.status().equals("INACTIVE"))
                .forEach(one -> services.add(service(one)));
        List<Task> alone = store.tasks().values().stream()
                .filter(task -> task.service.isEmpty() && task.clusterArn.equals(cluster.arn()))
                .toList();
        to.set("tasks", tasks(alone));
        return to;
    }

    private ObjectNode service(Service service) {
        List<Task> tasks = store.tasksOf(service.arn());
        ObjectNode to = Json.object().put("name", service.name()).put("status", service.status());
        to.put("desired", service.desired()).put("running", count(tasks, Task::running));
        to.put("url", store.tags(service.arn()).getOrDefault("ecs.url", ""));
        to.put("outcome", outcome(service));
        ArrayNode deployments = to.putArray("deployments");
        service.deployments().forEach(one -> deployments.add(deployment(service, one, tasks)));
        to.set("tasks", tasks(tasks));
        ArrayNode events = to.putArray("events");
        service.events().stream().limit(EVENTS).forEach(event -> events.addObject()
                .put("at", event.createdAt() / 1_000)
                .put("message", event.message().replace("(service " + service.name() + ") ", "")));
        ArrayNode history = to.putArray("history");
        service.history().stream().limit(HISTORY).forEach(one -> history.addObject()
                .put("at", one.createdAt() / 1_000)
                .put("status", one.status())
                .put("reason", one.reason())
                .put("revision", revision(one.target())));
        return to;
    }

    /** A rollout that is under way or was rolled back says more than the deployment that serves; its stage says most. */
    private static String outcome(Service service) {
        Optional<Shift> shift = service.shift();
        if (shift.isPresent()) {
            return shift.get().stage().name();
        }
        String last =
                service.history().isEmpty() ? "" : service.history().get(0).status();
        return last.isEmpty() || last.equals("SUCCESSFUL") || last.equals("STOPPED")
                ? service.primary().rollout().name()
                : last;
    }

    private String revision(String serviceRevision) {
        ObjectNode found = store.revisions().get(serviceRevision);
        return found == null ? "" : last(found.path("taskDefinition").asText(""));
    }

    private static ObjectNode deployment(Service service, Deployment one, List<Task> all) {
        List<Task> own =
                all.stream().filter(task -> task.startedBy.equals(one.id())).toList();
        return Json.object()
                .put("id", one.id())
                .put("status", one.status())
                .put("rollout", one.rollout().name())
                .put("reason", one.reason())
                .put("revision", last(one.taskDefinition()))
                .put("desired", one.primary() ? service.desired() : count(own, Task::wanted))
                .put("running", count(own, Task::running))
                .put("pending", count(own, Task::pending))
                .put("failed", one.failedTasks());
    }

    /** Those that are there, then the last ones that have stopped. */
    private ArrayNode tasks(List<Task> some) {
        ArrayNode list = Json.object().arrayNode();
        Comparator<Task> newestFirst =
                Comparator.comparingLong((Task task) -> task.createdAt).reversed();
        some.stream().filter(task -> !task.stopped()).sorted(newestFirst).forEach(task -> list.add(task(task)));
        some.stream().filter(Task::stopped).sorted(newestFirst).limit(STOPPED).forEach(task -> list.add(task(task)));
        return list;
    }

    private static ObjectNode task(Task task) {
        ObjectNode to = Json.object().put("arn", task.arn).put("status", task.lastStatus);
        to.put("phase", phase(task)).put("revision", last(task.taskDefinition));
        to.put("createdAt", task.createdAt / 1_000).put("stoppedReason", task.stoppedReason);
        ArrayNode containers = to.putArray("containers");
        task.containers.forEach(container -> containers
                .addObject()
                .put("name", container.name)
                .put("image", container.image)
                .put("digest", container.digest)
                .put("reason", container.reason)
                .put("exitCode", container.exitCode));
        return to;
    }

    private static String phase(Task task) {
        boolean bad = task.target.state().equals("unhealthy")
                || task.containers.stream().anyMatch(one -> one.health.equals("UNHEALTHY"));
        String phase = task.view().phase().name().toLowerCase(Locale.ROOT);
        return phase.equals("gone") ? "draining" : bad ? "unhealthy" : task.service.isEmpty() ? "healthy" : phase;
    }

    private static int count(List<Task> tasks, Predicate<Task> which) {
        return (int) tasks.stream().filter(which).count();
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
