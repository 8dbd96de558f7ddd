package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The sandbox's ECS for real AWS clients, with scheduler and API, over tasks that are scripted: without an engine, and by any
 * clock. What a task does stands in its repository's name: {@code good-4s} serves after 4 s, {@code crash-4s} exits with 1 then.
 * The images that are named in a task definition have a digest.
 */
public final class TimedEcs implements AutoCloseable {
    private static final Pattern SCRIPT = Pattern.compile("(good|crash)-(\\d+)s");
    private static final long PULLED = 500;
    private static final long STEP = 100;

    private final Clock clock;
    private final Store store;
    private final Loop loop;
    private final JsonService api;
    private final WireServer server;
    private final List<Called> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<Instant> crashes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "timed-ecs-looks");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A call of a client.
     *
     * @param thread its name: that of the client's when it calls directly
     */
    public record Called(Instant at, String action, String thread) {}

    public TimedEcs(Path home, Clock clock) throws IOException {
        this(new Store(home), clock);
    }

    /** In memory alone: for so many that their files would take too long. */
    public TimedEcs(Clock clock) throws IOException {
        this(new Store(), clock);
    }

    private TimedEcs(Store store, Clock clock) throws IOException {
        this.clock = clock;
        this.store = store;
        Balancers balancers = new Balancers();
        Placements placements = new Placements(new Faults(), clock);
        loop = new Loop(
                store,
                clock,
                balancers,
                placements,
                new Faults()::onHook,
                task -> {},
                task -> {},
                this::end,
                this::live,
                forgotten -> {},
                new AtOnce());
        Deploy deploy = new Deploy(store, new NamedImages(), balancers, clock);
        api = new EcsApi(
                store, new Render(store), new Names(store), deploy, balancers, placements, clock::millis, loop::wake);
        server = new WireServer(List.of(new Counted(api)), 0);
    }

    /** Looks at the tasks and does what is due, once. */
    public void round() {
        loop.round();
    }

    /** The same for good, in a thread of its own, for a clock that goes by itself. */
    public void start() {
        Thread thread = new Thread(loop::run, "timed-ecs");
        thread.setDaemon(true);
        thread.start();
        // A container tells that it has started or ended; a scripted task is looked at instead.
        looks.scheduleAtFixedRate(loop::wake, STEP, STEP, TimeUnit.MILLISECONDS);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** The transport of a client in this process, who may call no more often than these rates let it. */
    public SdkHttpClient direct(PublishedRates rates) {
        return new DirectHttp(new Throttled(new Counted(api), rates));
    }

    /** The same without any rates. */
    public SdkHttpClient direct() {
        return new DirectHttp(api);
    }

    public List<Called> calls() {
        return calls;
    }

    /** When tasks have crashed. */
    public List<Instant> crashes() {
        return crashes;
    }

    private void live() {
        synchronized (store) {
            store.tasks().values().stream().filter(Task::wanted).forEach(this::live);
        }
    }

    private void live(Task task) {
        long age = clock.millis() - task.createdAt;
        if (task.pending() && age >= PULLED) {
            task.lastStatus = "RUNNING";
            task.startedAt = clock.millis();
            task.containers.forEach(container -> {
                container.lastStatus = "RUNNING";
                container.digest = NamedImages.pinned(container.image).orElse("");
            });
        }
        Matcher script = SCRIPT.matcher(task.containers.get(0).image);
        if (task.running()
                && script.find()
                && age
                        >= PULLED
                                + Duration.ofSeconds(Long.parseLong(script.group(2)))
                                        .toMillis()) {
            if (script.group(1).equals("crash")) {
                crash(task);
            } else if (!task.healthy) {
                task.healthy = true;
                task.news = News.WELL;
            }
        }
    }

    private void crash(Task task) {
        task.containers.forEach(container -> {
            container.lastStatus = "STOPPED";
            container.exitCode = 1;
        });
        task.news = News.EXITED;
        task.newsReason = "Essential container in task exited";
        task.leave("EssentialContainerExited", task.newsReason, clock.millis());
    }

    private void end(Task task) {
        synchronized (store) {
            if (task.stopCode.equals("EssentialContainerExited")) {
                crashes.add(clock.instant());
            }
            task.containers.forEach(container -> container.lastStatus = "STOPPED");
            task.lastStatus = "STOPPED";
            task.stoppedAt = clock.millis();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        loop.close();
        server.close();
    }

    private record Throttled(JsonService api, PublishedRates rates) implements JsonService {
        @Override
        public String targetPrefix() {
            return api.targetPrefix();
        }

        @Override
        public ObjectNode handle(String action, ObjectNode request, Caller caller) {
            rates.onCall(action);
            return api.handle(action, request, caller);
        }
    }

    private final class Counted implements JsonService {
        private final JsonService api;

        Counted(JsonService api) {
            this.api = api;
        }

        @Override
        public String targetPrefix() {
            return api.targetPrefix();
        }

        @Override
        public ObjectNode handle(String action, ObjectNode request, Caller caller) {
            calls.add(new Called(clock.instant(), action, Thread.currentThread().getName()));
            return api.handle(action, request, caller);
        }
    }
}
