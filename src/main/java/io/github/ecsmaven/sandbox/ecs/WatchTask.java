package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.balancer.Target;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.engine.ContainerState;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks at one running task: have its containers ended, does it serve? Puts down what is new for the scheduler. */
final class WatchTask {
    private final Store store;
    private final DockerEngine engine;
    private final EndTask end;
    private final Probe probe = new Probe();
    private final Clock clock;

    WatchTask(Store store, DockerEngine engine, EndTask end, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.end = end;
        this.clock = clock;
    }

    void run(Task task) {
        Map<TaskContainer, ContainerState> states = inspect(task);
        boolean exited = false;
        for (Map.Entry<TaskContainer, ContainerState> one : states.entrySet()) {
            exited |= noteEnd(one.getKey(), one.getValue());
        }
        if (exited) {
            exited(task);
        } else if (!task.service.isEmpty()) {
            judge(task, states);
        }
    }

    /** A container that is gone without our doing counts as killed. */
    private Map<TaskContainer, ContainerState> inspect(Task task) {
        ContainerState vanished = new ContainerState(false, 137, false, "", "", Map.of(), "");
        Map<TaskContainer, ContainerState> states = new LinkedHashMap<>();
        for (TaskContainer container : task.containers) {
            states.put(container, engine.inspect(container.runtimeId).orElse(vanished));
        }
        return states;
    }

    private boolean noteEnd(TaskContainer container, ContainerState state) {
        synchronized (store) {
            container.ports = state.published().isEmpty() ? container.ports : state.published();
            container.health = state.health().isEmpty() || state.health().equals("starting")
                    ? "UNKNOWN"
                    : state.health().toUpperCase(Locale.ROOT);
        }
        if (state.running()) {
            return false;
        }
        end.note(container, state);
        return container.essential;
    }

    private void exited(Task task) {
        synchronized (store) {
            if (task.wanted()) {
                task.news = News.EXITED;
                task.newsReason = "Essential container in task exited";
                task.leave("EssentialContainerExited", task.newsReason, clock.millis());
            }
        }
    }

    private void judge(Task task, Map<TaskContainer, ContainerState> states) {
        int port = port(task);
        Optional<Target> target = port == 0 || task.healthy ? Optional.empty() : find(states, port);
        List<String> checks = states.values().stream()
                .map(ContainerState::health)
                .filter(health -> !health.isEmpty())
                .toList();
        task.answersSince = target.isEmpty() ? 0 : task.answersSince == 0 ? clock.millis() : task.answersSince;
        boolean answers = task.healthy || target.isPresent() && clock.millis() - task.answersSince >= Health.STEADY;
        Health health = Health.judge(checks, port != 0, answers, clock.millis() - task.startedAt, grace(task));
        synchronized (store) {
            if (!task.wanted()) {
                return;
            }
            if (health == Health.WELL && !task.healthy) {
                task.healthy = true;
                task.news = News.WELL;
                target.ifPresent(found -> {
                    task.host = found.host();
                    task.port = found.port();
                });
            } else if (health == Health.BAD_CHECK) {
                unhealthy(task, "Task failed container health checks");
            } else if (health == Health.BAD_PORT) {
                unhealthy(task, "Task failed ELB health checks in (target-group " + targetGroup(task) + ")");
            }
        }
    }

    private static void unhealthy(Task task, String reason) {
        task.news = News.UNHEALTHY;
        task.newsReason = reason;
    }

    private static String targetGroup(Task task) {
        return "ecs-sandbox-" + task.service.substring(task.service.lastIndexOf('/') + 1);
    }

    /** The container that has an address of its own is the one that owns the network of all. */
    private Optional<Target> find(Map<TaskContainer, ContainerState> states, int port) {
        return states.values().stream()
                .filter(state -> !state.ip().isEmpty())
                .findFirst()
                .flatMap(state -> probe.find(state.ip(), port, state.published().getOrDefault(port, 0)));
    }

    private int port(Task task) {
        synchronized (store) {
            var definition = store.taskDefinitions().get(task.taskDefinition);
            return definition == null ? 0 : ContainerOrder.firstPort(definition);
        }
    }

    private long grace(Task task) {
        synchronized (store) {
            Service service = store.services().get(task.service);
            return service == null
                    ? 0
                    : service.settings().path("healthCheckGracePeriodSeconds").asLong() * 1000;
        }
    }
}
