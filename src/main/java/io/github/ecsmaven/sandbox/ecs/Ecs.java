package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.ecsmaven.sandbox.codedeploy.TaskSets;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.engine.EngineError;
import io.github.ecsmaven.sandbox.engine.RunnableImages;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.JsonService;
import io.github.ecsmaven.sandbox.wire.Part;
import io.github.ecsmaven.sandbox.wire.QueryService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Amazon ECS in the sandbox, put together: its API and the scheduler that works beside it. */
public final class Ecs implements Part {
    private static final Logger LOG = System.getLogger(Ecs.class.getName());
    private static final int LINES_SHOWN = 200;
    private static final Duration QUICK_STOP = Duration.ofSeconds(2);

    private final Store store;
    private final DockerEngine engine;
    private final Labels labels;
    private final RunnableImages runnable;
    private final Clock clock;
    private final Balancers balancers = new Balancers();
    private final ExecutorService work = Executors.newCachedThreadPool(Ecs::thread);
    private final TaskLogs logs;
    private final Loop loop;
    private final JsonService api;
    private final TaskSets sets;
    private final AtomicBoolean following = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param home of the sandbox; the state is in {@code ecs}, logs of stopped tasks are in {@code logs}
     * @param homeId tells this home's containers from those of others
     * @param images that were pushed to this sandbox
     * @param faults of placement and of health checks
     */
    public Ecs(Path home, String homeId, StoredImages images, DockerEngine engine, Clock clock, Faults faults) {
        this.engine = engine;
        this.clock = clock;
        store = new Store(home.resolve("ecs"));
        labels = new Labels(homeId);
        logs = new TaskLogs(home.resolve("logs"), engine);
        runnable = new RunnableImages(images, engine, homeId);
        StartTask start = new StartTask(store, engine, runnable, labels, clock);
        EndTask end = new EndTask(store, engine, logs, clock);
        WatchTask watch = new WatchTask(store, engine, end, faults, clock);
        Placements placements = new Placements(faults, clock);
        loop = new Loop(
                store,
                clock,
                balancers,
                placements,
                faults::onHook,
                start::run,
                watch::run,
                end::run,
                this::follow,
                logs::forget,
                work);
        Deploy deploy = new Deploy(store, images, balancers, clock);
        sets = new BesideSets(store, new Names(store), deploy, balancers, clock::millis, loop::wake);
        api = new EcsApi(
                store, new Render(store), new Names(store), deploy, balancers, placements, clock::millis, loop::wake);
    }

    private static Thread thread(Runnable job) {
        Thread thread = new Thread(job, "ecs-task");
        thread.setDaemon(true);
        return thread;
    }

    /** What tells the containers of this home from those of others: twelve hex digits of its path's SHA-256. */
    public static String homeId(Path home) {
        try {
            byte[] path = home.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes up what an earlier process has left, and begins to work. */
    public Ecs start() {
        synchronized (store) {
            store.scheduled().forEach(this::reopen);
        }
        Thread thread = new Thread(this::work, "ecs-scheduler");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void reopen(Service service) {
        if (service.port() == 0 || service.status().equals("INACTIVE")) {
            return;
        }
        int port = balancers.open(service.arn(), service.port());
        balancers.split(service, store.tasksOf(service.arn()));
        if (port != service.port()) {
            store.put(service.settings(service.desired(), service.settings(), port)
                    .event(
                            " is now at http://127.0.0.1:" + port + ": port " + service.port() + " is taken.",
                            clock.millis()));
            store.tags(service.arn()).put("ecs.url", "http://127.0.0.1:" + port);
        }
    }

    /** Without an engine nothing can be taken over: then that waits, and the API answers all the same. */
    private void work() {
        while (!closed) {
            try {
                new Adoption(store, engine, labels).run();
                loop.run();
                return;
            } catch (EngineError away) {
                loop.rest();
            } catch (RuntimeException | LinkageError error) {
                LOG.log(Level.WARNING, "The tasks could not be taken over; trying again.", error);
                loop.rest();
            }
        }
    }

    /** Listens to the engine, also after it was away. */
    private void follow() {
        if (following.compareAndSet(false, true)) {
            try {
                engine.follow(Labels.HOME, labels.home(), loop::stir, () -> following.set(false));
            } catch (EngineError away) {
                following.set(false);
            }
        }
    }

    /** The APIs that it answers. */
    public List<JsonService> apis() {
        return List.of(api, new LogsApi(store, logs));
    }

    /** The clusters and all that is in them, for the page. */
    public ArrayNode overview() {
        return new Overview(store).clusters();
    }

    /**
     * The newest lines of a container's output.
     *
     * @param task its id
     * @return empty also when there is no such task
     */
    public List<String> log(String task, String container) {
        TaskContainer found;
        synchronized (store) {
            found = store.tasks().values().stream()
                    .filter(one -> one.id.equals(task))
                    .map(one -> one.container(container))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        if (found == null) {
            return List.of();
        }
        List<String> lines =
                logs.read(task, found).stream().map(TaskLogs.Line::text).toList();
        return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    }

    /** The services that CodeDeploy deploys. */
    public TaskSets taskSets() {
        return sets;
    }

    /** The API of the load balancers. */
    public QueryService elb() {
        return new ElbApi(store);
    }

    @Override
    public boolean busy() {
        synchronized (store) {
            return store.tasks().values().stream().anyMatch(task -> !task.stopped());
        }
    }

    @Override
    public void stop(boolean forget) {
        halt();
        try {
            engine.list(Labels.HOME, labels.home()).keySet().parallelStream().forEach(container -> {
                engine.stop(container, QUICK_STOP);
                engine.remove(container);
            });
            if (forget) {
                runnable.forget();
            }
        } catch (EngineError away) {
            // an engine that is gone has no containers either; what is left is removed by the next start
        }
        synchronized (store) {
            store.tasks().values().stream().filter(task -> !task.stopped()).forEach(this::stopped);
            store.save();
        }
        if (forget) {
            store.forget();
        }
        engine.close();
    }

    private void stopped(Task task) {
        task.leave("UserInitiated", "The sandbox was stopped", clock.millis());
        task.lastStatus = "STOPPED";
        task.stoppedAt = clock.millis();
        task.containers.forEach(container -> container.lastStatus = "STOPPED");
    }

    @Override
    public void close() {
        halt();
        engine.close();
    }

    private void halt() {
        closed = true;
        loop.close();
        work.shutdownNow();
        synchronized (store) {
            balancers.close();
        }
    }
}
