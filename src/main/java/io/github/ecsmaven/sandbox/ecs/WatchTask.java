package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.balancer.Target;
import io.github.ecsmaven.sandbox.ecs.TargetGroups.Membership;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.engine.ContainerState;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.fault.Fault;
import io.github.ecsmaven.sandbox.fault.Faults;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks at one running task: have its containers ended, does it serve? Puts down what is new for the scheduler. */
final class WatchTask {
    private static final long UNHEALTHY_SEEN = 1_500;

    private final Store store;
    private final DockerEngine engine;
    private final EndTask end;
    private final Probe probe = new Probe();
    private final CheckTarget check = new CheckTarget();
    private final TargetGroups groups;
    private final Faults faults;
    private final Clock clock;

    WatchTask(Store store, DockerEngine engine, EndTask end, Faults faults, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.end = end;
        this.groups = new TargetGroups(store);
        this.faults = faults;
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
        if (exited || !task.wanted()) {
            check.forget(task.id);
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
        Optional<Membership> member = membership(task);
        int port = member.map(Membership::port).orElseGet(() -> port(task));
        Optional<Target> target =
                port == 0 || (task.healthy && member.isEmpty()) ? Optional.empty() : find(states, port);
        member.ifPresent(one -> register(task, states, one));
        Optional<Fault.Detail> fault = fault(task);
        boolean answers = member.map(one -> fault.isEmpty() && checked(task, target, one))
                .orElseGet(() -> task.healthy || fault.isEmpty() && steady(task, target));
        Health health = health(task, states, port, answers, fault);
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
                unhealthy(task, "Task failed container health checks", "");
            } else if (health == Health.BAD_PORT) {
                unhealthy(
                        task,
                        "Task failed ELB health checks in (target-group " + targetGroup(task, member) + ")",
                        member.map(one -> unhealthyTarget(task, one)).orElse(""));
            }
        }
    }

    /** A task that serves already is left alone by faults: the old version goes on. */
    private Optional<Fault.Detail> fault(Task task) {
        return task.healthy ? Optional.empty() : faults.health(name(task.service));
    }

    private Health health(
            Task task,
            Map<TaskContainer, ContainerState> states,
            int port,
            boolean answers,
            Optional<Fault.Detail> fault) {
        long age = clock.millis() - task.startedAt;
        long grace = grace(task);
        if (fault.isPresent()) {
            boolean container = fault.get().how().equals("container");
            synchronized (store) {
                if (container) {
                    task.containers.get(0).health = "UNHEALTHY";
                } else {
                    task.target = TargetHealth.of(fault.get());
                }
            }
            boolean seen = age >= grace && isSeen(task);
            return !seen ? Health.WAITING : container ? Health.BAD_CHECK : Health.BAD_PORT;
        }
        if (failedForGood(task)) {
            return age >= grace && isSeen(task) ? Health.BAD_PORT : Health.WAITING;
        }
        task.unhealthySince = 0;
        List<String> checks = states.values().stream()
                .map(ContainerState::health)
                .filter(said -> !said.isEmpty())
                .toList();
        return Health.judge(checks, port != 0, answers || task.healthy, age, grace);
    }

    /** ECS hears of an unhealthy target some time after the load balancer; until then it can be asked about. */
    private boolean isSeen(Task task) {
        task.unhealthySince = task.unhealthySince == 0 ? clock.millis() : task.unhealthySince;
        return clock.millis() - task.unhealthySince >= UNHEALTHY_SEEN;
    }

    private boolean failedForGood(Task task) {
        synchronized (store) {
            return !task.targetId.isEmpty() && task.target.state().equals("unhealthy");
        }
    }

    private boolean steady(Task task, Optional<Target> target) {
        task.answersSince = target.isEmpty() ? 0 : task.answersSince == 0 ? clock.millis() : task.answersSince;
        return target.isPresent() && clock.millis() - task.answersSince >= Health.STEADY;
    }

    private void register(Task task, Map<TaskContainer, ContainerState> states, Membership member) {
        synchronized (store) {
            if (!task.targetId.isEmpty()) {
                return;
            }
            task.ip = states.values().stream()
                    .map(ContainerState::ip)
                    .filter(ip -> !ip.isEmpty())
                    .findFirst()
                    .orElse("");
            boolean own = awsvpc(task) && !task.ip.isEmpty();
            task.targetId = own ? task.ip : ElbApi.INSTANCE;
            task.targetPort = own ? member.port() : hostPort(states, member.port());
        }
    }

    private static int hostPort(Map<TaskContainer, ContainerState> states, int port) {
        return states.values().stream()
                .map(state -> state.published().getOrDefault(port, 0))
                .filter(found -> found > 0)
                .findFirst()
                .orElse(port);
    }

    private boolean awsvpc(Task task) {
        var definition = store.taskDefinitions().get(task.taskDefinition);
        return definition != null && definition.path("networkMode").asText("").equals("awsvpc");
    }

    /** The balancer's own check of the task; true once it is good. */
    private boolean checked(Task task, Optional<Target> target, Membership member) {
        Optional<TargetHealth> seen =
                target.isEmpty() ? Optional.of(TargetHealth.REFUSED) : check.run(task.id, target.get(), member.group());
        synchronized (store) {
            seen.ifPresent(health -> note(task, health, member.group()));
            return task.target.good();
        }
    }

    private void note(Task task, TargetHealth seen, TargetGroup group) {
        if (seen.good()) {
            task.badChecks = 0;
            task.target = seen;
            return;
        }
        task.badChecks++;
        boolean over = task.target.good() || task.healthy
                ? task.badChecks >= group.unhealthy()
                : clock.millis() - task.startedAt >= group.patience();
        if (over) {
            task.target = seen;
        } else if (!task.target.good()) {
            task.target = TargetHealth.CHECKING;
        }
    }

    private String unhealthyTarget(Task task, Membership member) {
        String instance = awsvpc(task) ? "" : "(instance " + task.targetId + ") ";
        return instance + "(port " + task.targetPort + ") is unhealthy in (target-group "
                + member.group().arn() + ") due to (reason " + task.target.description() + ")";
    }

    private void unhealthy(Task task, String reason, String detail) {
        if (!task.healthy) {
            faults.onHealth(name(task.service));
        }
        task.news = News.UNHEALTHY;
        task.newsReason = reason;
        task.newsDetail = detail;
    }

    private Optional<Membership> membership(Task task) {
        synchronized (store) {
            return groups.of(task.service);
        }
    }

    private static String name(String serviceArn) {
        return serviceArn.substring(serviceArn.lastIndexOf('/') + 1);
    }

    private static String targetGroup(Task task, Optional<Membership> member) {
        return member.map(one -> one.group().arn()).orElseGet(() -> "ecs-sandbox-" + name(task.service));
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
            Service service = store.owner(task.service);
            return service == null
                    ? 0
                    : service.settings().path("healthCheckGracePeriodSeconds").asLong() * 1000;
        }
    }
}
