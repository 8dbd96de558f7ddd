package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.engine.EngineError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Keeps the services as they shall be. One thread looks at the tasks, asks the scheduler, and hands out the work; it
 * sleeps until something happens, and looks ten times a second while a task is on its way up or out.
 */
final class Loop {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final long QUICK = 100;
    private static final long IDLE = 5_000;
    /** The longest that a task may take to answer its last requests. */
    private static final long DRAIN = 30_000;

    private final Store store;
    private final Clock clock;
    private final Balancers balancers;
    private final Placements placements;
    private final BiPredicate<String, String> hookFails;
    private final Consumer<Task> start;
    private final Consumer<Task> watch;
    private final Consumer<Task> end;
    private final Runnable listen;
    private final Consumer<String> forget;
    private final ExecutorService work;
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();
    private final Set<String> stirred = ConcurrentHashMap.newKeySet();
    private long lookedAtAll;
    private boolean woken;
    private boolean closed;

    /** @param hookFails whether the lifecycle hook of a service at a stage fails */
    Loop(
            Store store,
            Clock clock,
            Balancers balancers,
            Placements placements,
            BiPredicate<String, String> hookFails,
            Consumer<Task> start,
            Consumer<Task> watch,
            Consumer<Task> end,
            Runnable listen,
            Consumer<String> forget,
            ExecutorService work) {
        this.store = store;
        this.clock = clock;
        this.balancers = balancers;
        this.placements = placements;
        this.hookFails = hookFails;
        this.start = start;
        this.watch = watch;
        this.end = end;
        this.listen = listen;
        this.forget = forget;
        this.work = work;
    }

    /** Something has changed: look now. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Something has happened to a container. */
    void stir(String runtimeId) {
        stirred.add(runtimeId);
        wake();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Until woken or closed, but not for long. */
    synchronized void rest() {
        try {
            wait(1_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until closed. */
    void run() {
        try {
            while (true) {
                long pause = safeRound();
                synchronized (this) {
                    if (!woken && !closed) {
                        wait(pause);
                    }
                    woken = false;
                    if (closed) {
                        return;
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One bad round (a full disk, say) must not end the work for good. */
    private long safeRound() {
        try {
            return round();
        } catch (RuntimeException | LinkageError error) {
            LOG.log(Level.WARNING, "The services could not be looked after; trying again.", error);
            return IDLE;
        }
    }

    /** @return milliseconds until the next one, unless something happens */
    long round() {
        listen.run();
        observe();
        synchronized (store) {
            moveTasks();
            long due = schedule();
            moveTasks();
            store.prune(clock.millis()).forEach(forget);
            store.save();
            return unsettled() ? QUICK : due > 0 ? Math.min(due, IDLE) : IDLE;
        }
    }

    private void observe() {
        boolean all = clock.millis() - lookedAtAll >= IDLE;
        Set<String> changed = Set.copyOf(stirred);
        stirred.removeAll(changed);
        List<Task> looked = new ArrayList<>();
        synchronized (store) {
            store.tasks().values().stream()
                    .filter(task -> task.running() && task.wanted())
                    .filter(task -> all || comingUp(task) || touched(task, changed))
                    .forEach(looked::add);
        }
        for (Task task : looked) {
            try {
                watch.accept(task);
            } catch (EngineError away) {
                stirred.addAll(changed);
            }
        }
        lookedAtAll = all ? clock.millis() : lookedAtAll;
    }

    private static boolean touched(Task task, Set<String> changed) {
        return task.containers.stream().anyMatch(container -> changed.contains(container.runtimeId));
    }

    private static boolean comingUp(Task task) {
        return !task.service.isEmpty() && !task.healthy;
    }

    // ---- under the store's lock

    private void moveTasks() {
        for (Task task : store.tasks().values()) {
            if (task.running() && task.wanted() && !task.registered && !task.targetId.isEmpty()) {
                register(task);
            }
            if (task.running() && task.wanted() && task.healthy) {
                balancers.add(task);
            } else if (task.running() && !task.wanted()) {
                balancers.remove(task);
                boolean over = task.stopCode.equals("EssentialContainerExited");
                task.lastStatus = over ? "STOPPING" : "DEACTIVATING";
            }
            if (task.lastStatus.equals("DEACTIVATING") && drained(task)) {
                task.lastStatus = "STOPPING";
            }
            if (task.lastStatus.equals("PROVISIONING")) {
                task.lastStatus = "PENDING";
                hand(task, start);
            } else if (task.lastStatus.equals("STOPPING") || task.lastStatus.equals("DEPROVISIONING")) {
                hand(task, end);
            }
        }
    }

    private void register(Task task) {
        task.registered = true;
        Service service = store.owner(task.service);
        if (service != null) {
            String group = TargetGroups.arn(service);
            store.put(service.event(" registered 1 targets in (target-group " + group + ")", clock.millis()));
        }
    }

    private boolean drained(Task task) {
        return balancers.underWay(task) == 0 || clock.millis() - task.stoppingAt > DRAIN;
    }

    private void hand(Task task, Consumer<Task> job) {
        if (!atWork.add(task.id)) {
            return;
        }
        work.execute(() -> {
            try {
                job.accept(task);
            } catch (RuntimeException error) {
                LOG.log(Level.WARNING, "Task " + task.id + " could not be handled.", error);
                giveUp(task, error);
            } finally {
                atWork.remove(task.id);
                wake();
            }
        });
    }

    private void giveUp(Task task, RuntimeException error) {
        synchronized (store) {
            if (task.pending()) {
                task.news = News.NOT_STARTED;
                task.newsReason = "InternalError: " + error.getMessage();
                task.leave("TaskFailedToStart", task.newsReason, clock.millis());
                task.lastStatus = "DEPROVISIONING";
            }
        }
    }

    private long schedule() {
        long due = 0;
        for (Service service : store.scheduled()) {
            if (!service.status().equals("INACTIVE")) {
                long next = schedule(service);
                due = next > 0 && (due == 0 || next < due) ? next : due;
            }
        }
        return due;
    }

    private long schedule(Service service) {
        List<Task> tasks = store.tasksOf(service.arn());
        List<TaskView> views = tasks.stream().map(Task::view).toList();
        Step step = Scheduler.evaluate(
                service,
                views,
                clock.millis(),
                TaskFactory::newId,
                () -> placements.refuse(service.name()),
                stage -> hookFails.test(service.name(), stage));
        tasks.forEach(task -> task.news = News.NONE);
        store.put(step.service());
        for (Step.Stop stop : step.stops()) {
            tasks.stream()
                    .filter(task -> task.id.equals(stop.task()))
                    .forEach(task -> task.leave("ServiceSchedulerInitiated", stop.reason(), clock.millis()));
        }
        step.starts().forEach(id -> begin(step.service(), id));
        // Before a new task serves: it gets no request that isn't its own yet.
        balancers.split(step.service(), store.tasksOf(service.arn()));
        if (step.service().status().equals("INACTIVE")) {
            balancers.close(service.arn());
            store.beside().remove(service.arn());
        }
        return step.lookAgainIn();
    }

    private void begin(Service service, String id) {
        Deployment primary = service.primary();
        ObjectNode definition = store.taskDefinitions().get(primary.taskDefinition());
        if (definition == null) {
            return;
        }
        Task task = TaskFactory.of(id, service.clusterArn(), definition, service.settings(), clock.millis());
        task.service = service.arn();
        task.revision = primary.revision();
        task.startedBy = primary.id();
        task.group = "service:" + service.name();
        store.tasks().put(task.arn, task);
    }

    private boolean unsettled() {
        return store.tasks().values().stream()
                .anyMatch(task -> task.lastStatus.equals("DEACTIVATING")
                        || (task.running() && (!task.wanted() || comingUp(task))));
    }
}
