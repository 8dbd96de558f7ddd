package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the store holds, in the form of the API's answers. Under the store's lock. */
final class Render {
    private final Store store;

    Render(Store store) {
        this.store = store;
    }

    ObjectNode cluster(Cluster cluster) {
        List<Task> tasks = store.tasks().values().stream()
                .filter(task -> task.clusterArn.equals(cluster.arn()))
                .toList();
        ObjectNode to = Json.object();
        to.put("clusterArn", cluster.arn()).put("clusterName", cluster.name()).put("status", cluster.status());
        to.put("registeredContainerInstancesCount", 0);
        to.put("runningTasksCount", tasks.stream().filter(Task::running).count());
        to.put("pendingTasksCount", tasks.stream().filter(Task::pending).count());
        to.put(
                "activeServicesCount",
                services(cluster).stream().filter(Service::active).count());
        to.putArray("statistics");
        to.set("tags", Json.tags(store.tags(cluster.arn())));
        to.putArray("settings");
        to.putArray("capacityProviders");
        to.putArray("defaultCapacityProviderStrategy");
        Json.copy(
                cluster.settings(),
                to,
                "settings",
                "configuration",
                "capacityProviders",
                "defaultCapacityProviderStrategy");
        return to;
    }

    List<Service> services(Cluster cluster) {
        return store.services().values().stream()
                .filter(service -> service.clusterArn().equals(cluster.arn()))
                .toList();
    }

    ObjectNode service(Service service, boolean withTags) {
        ObjectNode to = Json.object();
        to.put("serviceArn", service.arn()).put("serviceName", service.name());
        to.put("clusterArn", service.clusterArn());
        to.putArray("loadBalancers");
        to.putArray("serviceRegistries");
        to.put("status", service.status()).put("desiredCount", service.desired());
        List<Task> tasks = store.tasksOf(service.arn());
        to.put("runningCount", count(tasks, Task::running));
        to.put("pendingCount", count(tasks, Task::pending));
        to.put("launchType", "EC2").put("schedulingStrategy", "REPLICA");
        to.putObject("deploymentController").put("type", "ECS");
        to.put("taskDefinition", service.primary().taskDefinition());
        to.put("propagateTags", "NONE").put("enableECSManagedTags", false);
        to.put("enableExecuteCommand", false).put("healthCheckGracePeriodSeconds", 0);
        to.putArray("placementConstraints");
        to.putArray("placementStrategy");
        service.settings().properties().forEach(one -> to.set(one.getKey(), one.getValue()));
        to.set("deploymentConfiguration", configuration(service));
        ArrayNode deployments = to.putArray("deployments");
        if (!service.status().equals("INACTIVE")) {
            service.deployments().forEach(one -> deployments.add(deployment(service, one, tasks)));
        }
        ArrayNode events = to.putArray("events");
        service.events().forEach(event -> {
            ObjectNode entry = events.addObject().put("id", event.id()).put("message", event.message());
            Json.time(entry, "createdAt", event.createdAt());
        });
        Json.time(to, "createdAt", service.createdAt());
        if (service.byCodeDeploy()) {
            deployments.removeAll();
            new RenderTaskSets(store).addTo(service, to);
        } else {
            addRevisions(service, tasks, to);
        }
        if (withTags) {
            to.set("tags", Json.tags(store.tags(service.arn())));
        }
        return to;
    }

    private static void addRevisions(Service service, List<Task> tasks, ObjectNode to) {
        service.underWay().ifPresent(entry -> to.put("currentServiceDeployment", entry.arn()));
        ArrayNode revisions = to.putArray("currentServiceRevisions");
        for (Deployment one : service.deployments()) {
            revisions.add(revision(service, one.revision(), tasks));
        }
    }

    private static ObjectNode revision(Service service, String arn, List<Task> tasks) {
        List<Task> own =
                tasks.stream().filter(task -> task.revision.equals(arn)).toList();
        boolean primary = service.primary().revision().equals(arn);
        ObjectNode to = Json.object().put("arn", arn);
        to.put("requestedTaskCount", primary ? service.desired() : count(own, Task::wanted));
        to.put("runningTaskCount", count(own, Task::running));
        to.put("pendingTaskCount", count(own, Task::pending));
        return to;
    }

    private static ObjectNode configuration(Service service) {
        DeploymentRules rules = service.rules();
        ObjectNode to = Json.object();
        to.putObject("deploymentCircuitBreaker").put("enable", false).put("rollback", false);
        to.put("maximumPercent", rules.maximumPercent());
        to.put("minimumHealthyPercent", rules.minimumHealthyPercent());
        to.put("strategy", "ROLLING").put("bakeTimeInMinutes", 0);
        service.settings()
                .path("deploymentConfiguration")
                .properties()
                .forEach(one -> to.set(one.getKey(), one.getValue()));
        return to;
    }

    private static int count(List<Task> tasks, Predicate<Task> which) {
        return (int) tasks.stream().filter(which).count();
    }

    private static ObjectNode deployment(Service service, Deployment one, List<Task> all) {
        List<Task> tasks =
                all.stream().filter(task -> task.startedBy.equals(one.id())).toList();
        ObjectNode to = Json.object();
        to.put("id", one.id()).put("status", one.status()).put("taskDefinition", one.taskDefinition());
        to.put("desiredCount", one.primary() ? service.desired() : count(tasks, Task::wanted));
        to.put("pendingCount", count(tasks, Task::pending));
        to.put("runningCount", count(tasks, Task::running));
        to.put("failedTasks", one.failedTasks());
        Json.time(to, "createdAt", one.createdAt());
        Json.time(to, "updatedAt", one.updatedAt());
        to.put("launchType", "EC2");
        Json.copy(service.settings(), to, "launchType", "platformVersion", "networkConfiguration");
        to.put("rolloutState", one.rollout().name()).put("rolloutStateReason", one.reason());
        return to;
    }

    ObjectNode serviceDeployment(Service service, ServiceDeployment one) {
        List<Task> tasks = store.tasksOf(service.arn());
        ObjectNode to = brief(service, one);
        to.remove("targetServiceRevisionArn");
        Json.time(to, "updatedAt", one.updatedAt());
        ArrayNode sources = to.putArray("sourceServiceRevisions");
        one.sources().forEach(arn -> sources.add(revision(service, arn, tasks)));
        ObjectNode target = to.putObject("targetServiceRevision");
        target.setAll(revision(service, one.target(), tasks));
        if (one.shift() != null) {
            shift(one.shift(), target, sources, to);
        }
        to.set("deploymentConfiguration", configuration(service));
        if (!one.rollbackTo().isEmpty()) {
            ObjectNode rollback = to.putObject("rollback");
            rollback.put("reason", one.reason()).put("serviceRevisionArn", one.rollbackTo());
            Json.time(rollback, "startedAt", one.rollbackAt());
        }
        if (one.status().equals("STOPPED")) {
            Json.time(to, "stoppedAt", one.finishedAt());
        }
        breaker(one, to.putObject("deploymentCircuitBreaker"));
        return to;
    }

    /** Whom the traffic is taken from is the newest of those that ran before. */
    private static void shift(Shift shift, ObjectNode target, ArrayNode sources, ObjectNode to) {
        to.put("lifecycleStage", shift.stage().name());
        weigh(target, shift.test(), shift.production());
        for (int i = 0; i < sources.size(); i++) {
            weigh((ObjectNode) sources.get(i), i == 0 ? 100 - shift.test() : 0, i == 0 ? 100 - shift.production() : 0);
        }
    }

    private static void weigh(ObjectNode revision, double test, double production) {
        revision.put("requestedTestTrafficWeight", test).put("requestedProductionTrafficWeight", production);
    }

    private static void breaker(ServiceDeployment one, ObjectNode to) {
        boolean triggered = one.threshold() > 0 && one.failedTasks() >= one.threshold();
        String watched = one.underWay() ? "MONITORING" : "MONITORING_COMPLETE";
        to.put("status", one.threshold() == 0 ? "DISABLED" : triggered ? "TRIGGERED" : watched);
        to.put("failureCount", one.failedTasks()).put("threshold", one.threshold());
    }

    ObjectNode brief(Service service, ServiceDeployment one) {
        ObjectNode to = Json.object();
        to.put("serviceDeploymentArn", one.arn()).put("serviceArn", service.arn());
        to.put("clusterArn", service.clusterArn());
        Json.time(to, "startedAt", one.createdAt());
        Json.time(to, "createdAt", one.createdAt());
        Json.time(to, "finishedAt", one.finishedAt());
        to.put("targetServiceRevisionArn", one.target()).put("status", one.status());
        Json.text(to, "statusReason", one.reason());
        return to;
    }

    ObjectNode task(Task task, boolean withTags) {
        ObjectNode to = new TaskJson(task, store.taskDefinitions().get(task.taskDefinition)).render();
        Map<String, String> tags = store.tags(task.arn);
        if (withTags) {
            to.set("tags", Json.tags(tags));
        }
        return to;
    }
}
