package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.sandbox.codedeploy.CodeDeploy;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.JsonService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sandbox's ECS in this process, over a virtual clock: its API by HTTP, its scheduler and its balancers are the real
 * ones; a task is a little server that answers with its image. One whose image's repository ends with {@code crash} ends by
 * itself, one with {@code hangs} never serves. CodeDeploy is there too.
 */
public final class ScriptedEcs implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(100);
    private static final long STARTED_AFTER = 300;

    private final VirtualClock clock;
    private final Store store;
    private final Balancers balancers = new Balancers();
    private final Faults faults = new Faults();
    private final Loop loop;
    private final CodeDeploy codeDeploy;
    private final WireServer server;
    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();

    public ScriptedEcs(Path home, VirtualClock clock) throws IOException {
        this.clock = clock;
        store = new Store(home);
        Placements placements = new Placements(faults, clock);
        loop = new Loop(
                store,
                clock,
                balancers,
                placements,
                faults::onHook,
                this::start,
                this::watch,
                this::end,
                () -> {},
                task -> {},
                new AtOnce());
        Deploy deploy = new Deploy(store, new NamedImages(), balancers, clock);
        EcsApi api = new EcsApi(
                store, new Render(store), new Names(store), deploy, balancers, placements, clock::millis, () -> {});
        codeDeploy = new CodeDeploy(
                home, new BesideSets(store, new Names(store), deploy, balancers, clock::millis, () -> {}), clock);
        server = new WireServer(
                List.of(new Faulty(api, "ecs", faults), new Faulty(codeDeploy, "codedeploy", faults)), 0);
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** As with the sandbox's admin call. */
    public void order(String fault) throws IOException {
        faults.order(new ObjectMapper().readTree(fault));
    }

    /** Lets time pass, and the scheduler work. */
    public void moveOn(Duration time) {
        moveOn(time, STEP);
    }

    /** The same for a long time, with a look at the tasks every so often only. */
    public void moveOn(Duration time, Duration step) {
        for (Duration left = time; !left.isNegative() && !left.isZero(); left = left.minus(step)) {
            clock.moveOn(step);
            loop.round();
            codeDeploy.tick();
        }
    }

    private void start(Task task) {
        try {
            HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] answer = task.containers.get(0).image.getBytes(StandardCharsets.UTF_8);
            app.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            app.start();
            servers.put(task.id, app);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        task.containers.forEach(container -> {
            container.lastStatus = "RUNNING";
            container.digest = container.image.substring(container.image.indexOf('@') + 1);
        });
        task.startedAt = clock.millis();
        task.lastStatus = "RUNNING";
    }

    private void watch(Task task) {
        if (task.healthy || clock.millis() - task.startedAt < STARTED_AFTER) {
            return;
        }
        String repository = task.containers.get(0).image.replaceFirst("@.*", "");
        if (repository.endsWith("hangs")) {
            return;
        }
        if (repository.endsWith("crash")) {
            task.containers.get(0).exitCode = 1;
            task.news = News.EXITED;
            task.newsReason = "Essential container in task exited";
            task.leave("EssentialContainerExited", task.newsReason, clock.millis());
            return;
        }
        task.healthy = true;
        task.news = News.WELL;
        task.host = "127.0.0.1";
        task.port = servers.get(task.id).getAddress().getPort();
    }

    private void end(Task task) {
        Optional.ofNullable(servers.remove(task.id)).ifPresent(app -> app.stop(0));
        task.containers.forEach(container -> container.lastStatus = "STOPPED");
        task.lastStatus = "STOPPED";
        task.stoppedAt = clock.millis();
    }

    @Override
    public void close() {
        server.close();
        codeDeploy.close();
        balancers.close();
        servers.values().forEach(app -> app.stop(0));
    }

    /** The faults of calls. */
    private record Faulty(JsonService api, String service, Faults faults) implements JsonService {
        @Override
        public String targetPrefix() {
            return api.targetPrefix();
        }

        @Override
        public ObjectNode handle(String action, ObjectNode request, Caller caller) {
            faults.onCall(service, action, request, caller).error().ifPresent(error -> {
                throw error;
            });
            return api.handle(action, request, caller);
        }
    }
}
