package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.ecs.TaskView.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A service over scripted tasks and a virtual clock: what each task definition's tasks do is said beforehand. */
final class ScriptedService {
    /** What the tasks of a task definition do. */
    enum Script {
        /** Started after 100 ms, serves after 300 ms. */
        GOOD,
        /** Ends by itself 200 ms after its start. */
        CRASH,
        /** Its image can't be had. */
        NO_IMAGE,
        /** Starts, never serves, and is found out. */
        HANGS,
        /** Starts, doesn't serve yet. */
        SLOW
    }

    private static final class Scripted {
        final String id;
        final String deployment;
        final Script script;
        final long since;
        Phase phase = Phase.PENDING;
        News news = News.NONE;
        String reason = "";
        long leavesAt;

        Scripted(String id, String deployment, Script script, long since) {
            this.id = id;
            this.deployment = deployment;
            this.script = script;
            this.since = since;
        }
    }

    final Map<String, Script> scripts = new HashMap<>();
    final Map<String, Scripted> tasks = new LinkedHashMap<>();
    long now = 1_000_000;
    int leastHealthy = Integer.MAX_VALUE;
    int mostAlive;
    int started;
    Optional<String> noPlace = Optional.empty();
    /** The lifecycle stages at which hooks fail. */
    final Set<String> failingHooks = new HashSet<>();

    /** The stages of deployments that shift traffic, with the percentage of the production traffic, as they came. */
    final List<String> stages = new ArrayList<>();
    /** When each began. */
    final Map<String, Long> since = new HashMap<>();

    Service service;
    private int ids;

    ScriptedService(int desired, int least, int most, boolean breaker) {
        ObjectNode settings = new ObjectMapper().createObjectNode();
        ObjectNode rules = settings.putObject("deploymentConfiguration");
        rules.put("minimumHealthyPercent", least).put("maximumPercent", most);
        rules.putObject("deploymentCircuitBreaker").put("enable", breaker).put("rollback", breaker);
        service = new Service(
                "arn", "web", "cluster", "ACTIVE", desired, settings, List.of(), null, List.of(), List.of(), false, 0,
                now);
    }

    /** A service whose first deployment, of the task definition {@code one}, has completed. */
    static ScriptedService running(int desired, int least, int most) {
        ScriptedService made = new ScriptedService(desired, least, most, true);
        made.scripts.put("one", Script.GOOD);
        made.deploy("one");
        made.run(5_000);
        made.leastHealthy = Integer.MAX_VALUE;
        made.mostAlive = 0;
        made.started = 0;
        return made;
    }

    /** Changes the deployment configuration. */
    void configure(Consumer<ObjectNode> change) {
        ObjectNode settings = service.settings().deepCopy();
        change.accept((ObjectNode) settings.path("deploymentConfiguration"));
        service = service.settings(service.desired(), settings, 0);
    }

    String deploy(String taskDefinition) {
        String id = "ecs-svc/" + ++ids;
        Deployment next = Deployment.begin(id, taskDefinition, "revision-" + ids, now);
        service = Deployments.begin(service, next, "history-" + ids, now);
        return id;
    }

    void scale(int desired) {
        service = service.settings(desired, service.settings(), 0);
    }

    void kill(String id) {
        Scripted task = tasks.get(id);
        task.phase = Phase.GONE;
        task.news = News.EXITED;
    }

    void run(long millis) {
        for (long end = now + millis; now < end; now += 20) {
            tick();
        }
    }

    private void tick() {
        tasks.values().forEach(this::live);
        Step step =
                Scheduler.evaluate(service, views(), now, () -> "task" + ++ids, () -> noPlace, failingHooks::contains);
        tasks.values().forEach(task -> task.news = News.NONE);
        service = step.service();
        look();
        step.stops().forEach(stop -> {
            Scripted task = tasks.get(stop.task());
            task.phase = task.phase == Phase.HEALTHY ? Phase.DRAINING : Phase.GONE;
            task.leavesAt = now + 60;
        });
        for (String id : step.starts()) {
            String definition = service.primary().taskDefinition();
            tasks.put(id, new Scripted(id, service.primary().id(), scripts.get(definition), now));
            started++;
        }
        leastHealthy = Math.min(leastHealthy, count(Phase.HEALTHY));
        mostAlive = Math.max(
                mostAlive, (int) views().stream().filter(TaskView::alive).count());
    }

    private void look() {
        service.shift()
                .map(at -> at.stage() + " " + Math.round(at.production()))
                .ifPresent(seen -> {
                    if (stages.isEmpty() || !stages.get(stages.size() - 1).equals(seen)) {
                        stages.add(seen);
                        since.put(seen, now);
                    }
                });
    }

    private void live(Scripted task) {
        long age = now - task.since;
        if (task.phase == Phase.DRAINING && now >= task.leavesAt) {
            task.phase = Phase.GONE;
        } else if (task.phase == Phase.PENDING && age >= 100) {
            begin(task);
        } else if (task.phase == Phase.STARTED) {
            goOn(task, age);
        }
    }

    private static void begin(Scripted task) {
        if (task.script == Script.NO_IMAGE) {
            task.phase = Phase.GONE;
            task.news = News.NOT_STARTED;
            task.reason = "CannotPullContainerError: not found";
        } else {
            task.phase = Phase.STARTED;
        }
    }

    private static void goOn(Scripted task, long age) {
        if (task.script == Script.GOOD && age >= 300) {
            task.phase = Phase.HEALTHY;
            task.news = News.WELL;
        } else if (task.script == Script.CRASH && age >= 200) {
            task.phase = Phase.GONE;
            task.news = News.EXITED;
        } else if (task.script == Script.HANGS && age >= 1_000) {
            task.news = News.UNHEALTHY;
            task.reason = "Task failed ELB health checks in (target-group web)";
        }
    }

    private List<TaskView> views() {
        List<TaskView> views = new ArrayList<>();
        tasks.values().stream()
                .map(task -> new TaskView(task.id, task.deployment, task.phase, task.news, task.reason, ""))
                .forEach(views::add);
        return views;
    }

    int count(Phase phase) {
        return (int) views().stream().filter(task -> task.phase() == phase).count();
    }

    /** The events, oldest first. */
    List<String> events() {
        List<String> told = new ArrayList<>();
        service.events().forEach(event -> told.add(0, event.message().replaceAll("task\\d+", "T")));
        return told;
    }

    List<String> deployments() {
        return service.deployments().stream()
                .map(one -> one.status() + " " + one.taskDefinition() + " " + one.rollout())
                .toList();
    }

    /** The service deployments' statuses, oldest first. */
    List<String> history() {
        List<String> statuses = new ArrayList<>();
        service.history().forEach(entry -> statuses.add(0, entry.status()));
        return statuses;
    }
}
