package io.github.ecsmaven.sandbox;

import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.EngineAddress;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.sandbox.ecr.Ecr;
import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.sts.SessionTokens;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Part;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The running sandbox: one HTTP port on loopback, the services behind it, and how it ends. */
final class SandboxServer {
    /** The account that everything in the sandbox belongs to: the one of AWS's own examples. */
    static final String ACCOUNT = "123456789012";

    private static final Logger LOG = Logger.getLogger(SandboxServer.class.getName());
    private static final int THREADS = 32;
    private static final int QUEUE = 256;
    private static final int BACKLOG = 128;

    /**
     * How it is to run.
     *
     * @param port 0: the one that this home had before, else any free one
     * @param foreground it then doesn't end for being idle
     */
    record Launch(Path home, int port, boolean foreground) {}

    private final Path home;
    private final State state;
    private final HttpServer http;
    private final Door door;
    private final ExecutorService workers;
    private final ScheduledExecutorService watch;
    private final List<Part> parts;
    private final FileLockHold lock;
    private final CompletableFuture<Admin.End> wish = new CompletableFuture<>();
    private boolean ended;

    /**
     * Starts it; the address is in the state file when this returns.
     *
     * @param engine where Docker's is looked for
     * @throws Problem when the home or the port is in use
     */
    static SandboxServer start(Launch launch, EngineAddress engine, Clock clock) throws IOException {
        Path home = launch.home();
        FileLockHold lock =
                FileLockHold.tryTake(home.resolve(HomeFiles.SERVER_LOCK)).orElseThrow(() -> runsAlready(home));
        try {
            State old = State.read(home).orElseGet(() -> State.fresh(new SecureRandom()));
            ServerSocket listener = bind(launch.port(), old.port());
            State state = old.running(
                    listener.getLocalPort(),
                    ProcessHandle.current().pid(),
                    clock.instant().toString(),
                    Build.of(System.getProperty("java.class.path", "")));
            return new SandboxServer(launch, state, listener, lock, engine, clock);
        } catch (IOException | RuntimeException error) {
            lock.close();
            throw error;
        }
    }

    private SandboxServer(
            Launch launch, State state, ServerSocket listener, FileLockHold lock, EngineAddress engine, Clock clock)
            throws IOException {
        this.home = launch.home();
        this.state = state;
        this.http = HttpServer.create(new InetSocketAddress(loopback(), 0), BACKLOG);
        this.door = new Door(listener, http.getAddress().getPort());
        this.lock = lock;
        Surroundings at = new Surroundings(
                home,
                state.port(),
                ACCOUNT,
                state.region(),
                engine,
                clock,
                new Faults(),
                new SessionTokens(state.secretAccessKey()));
        Ecr ecr = new Ecr(home, state.port(), new Caller(ACCOUNT, state.region()), state.secretAccessKey(), clock);
        Services services = Services.compose(at, ecr);
        parts = services.parts();
        workers = workers();
        IdleWatch idle = new IdleWatch(clock);
        Admin admin = new Admin(state, idle::inUse, wish::complete, at.faults(), services.view(), services.outbox());
        http.createContext(
                "/",
                new Front(
                        new AwsApi(services, at),
                        new RegistryFaults(ecr.registry(), at.faults(), ecr.owners()),
                        new Front.Rest(services.s3(), services.cloudFront()),
                        admin,
                        idle,
                        Page.html(state)));
        http.setExecutor(workers);
        http.start();
        door.open();
        state.write(home);
        watch = Executors.newSingleThreadScheduledExecutor(daemons());
        if (!launch.foreground()) {
            watch.scheduleWithFixedDelay(() -> stopWhenIdle(idle), 1, 1, TimeUnit.MINUTES);
        }
    }

    State state() {
        return state;
    }

    /** Waits until somebody wants it to end, or it has had nothing to do for long. */
    Admin.End await() throws InterruptedException {
        try {
            return wish.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends it; a second call does nothing. */
    synchronized void end(Admin.End how) throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try (lock) {
            watch.shutdownNow();
            try {
                door.close();
                finishAnswers();
                http.stop(0);
            } finally {
                parts.forEach(part -> end(part, how));
                state.ended().write(home);
            }
        }
    }

    /** A part that fails must not keep the others from ending. */
    private static void end(Part part, Admin.End how) {
        try (part) {
            if (how != Admin.End.KEEP) {
                part.stop(how == Admin.End.FORGET);
            }
        } catch (RuntimeException error) {
            LOG.log(Level.WARNING, "A part of the sandbox could not end in order.", error);
        }
    }

    /** {@link HttpServer#stop} would wait for the whole time, also with nothing to wait for (JDK 17). */
    private void finishAnswers() {
        workers.shutdown();
        try {
            workers.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopWhenIdle(IdleWatch idle) {
        if (idle.isOver(parts.stream().anyMatch(Part::busy))) {
            wish.complete(Admin.End.KEEP);
        }
    }

    private static ServerSocket bind(int port, int before) throws IOException {
        if (port == 0 && before != 0) {
            try {
                return listen(before);
            } catch (BindException taken) {
                LOG.warning("Another program has the port " + before + ", where this sandbox was before. Services whose"
                        + " images are named by it can't start new tasks until they are deployed again.");
                return listen(0);
            }
        }
        try {
            return listen(port);
        } catch (BindException taken) {
            throw portTaken(port, taken);
        }
    }

    static Problem runsAlready(Path home) {
        return Problem.ofProject("A sandbox runs already in '" + home + "'.", "stop it with mvn ecs:sandbox-stop.");
    }

    static Problem portTaken(int port, @Nullable Throwable cause) {
        return new Problem(
                Problem.Blame.PROJECT,
                "The sandbox can't listen on 127.0.0.1:" + port + ": another program has the port.",
                List.of(),
                "set ecs.sandbox.port to a free port (0: any), or end the program that listens on " + port + ".",
                cause);
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, loopback());
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private static ExecutorService workers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), daemons());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons() {
        return work -> {
            Thread thread = new Thread(work, "sandbox");
            thread.setDaemon(true);
            return thread;
        };
    }
}
