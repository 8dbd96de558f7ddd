package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Network;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The temporary containers of this keeper: started, stopped, and all ended at the end. */
final class Containers {
    private static final int GRACE_SECONDS = 10;
    private static final long CREATE_MILLIS = 10_000;

    private final Docker docker;
    private final KeeperMark mark;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Map<String, ContainerLog> owned = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    private int creating;
    private boolean ended;
    private @Nullable Publishing publishing;

    Containers(Docker docker, KeeperMark mark, Clock clock, Sleeper sleeper) {
        this.docker = docker;
        this.mark = mark;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    RunningContainer start(ContainerRequest request) {
        Publishing where = prepared();
        ContainerLog log =
                ContainerLog.open(request.log(), request.readiness().line().map(Containers::pattern));
        Creation creation = new Creation(log);
        ReadyWait wait = new ReadyWait(docker.client(), request, where, log, clock, sleeper);
        long begun = System.nanoTime();
        try (creation) {
            TemporaryContainer container =
                    new TemporaryContainer(request, labels(request), where.bind(), creation::done);
            container.waitingFor(wait);
            container.withLogConsumer(log);
            container.start();
        } catch (RuntimeException e) {
            creation.undo();
            throw Causes.problem(e).orElseGet(() -> StartProblem.notStarted(request, e));
        }
        return wait.running(creation.id, (System.nanoTime() - begun) / 1_000_000);
    }

    private static Pattern pattern(String line) {
        try {
            return Pattern.compile(line);
        } catch (PatternSyntaxException e) {
            throw Problem.ofProject(
                    "ecs.test.wait.log is not a regular expression: '" + line + "'",
                    List.of(e.getDescription()),
                    "correct ecs.test.wait.log");
        }
    }

    private Map<String, String> labels(ContainerRequest request) {
        return Map.of(Labels.TEST, request.build(), Labels.PROJECT, request.project(), Labels.KEEPER, mark.label());
    }

    /** Before the first start. */
    private synchronized Publishing prepared() {
        if (publishing == null) {
            DockerClient client = docker.client();
            new Leftovers(client, mark, clock).remove();
            publishing = Publishing.decide(docker.address(), sibling(client), gateway(client));
        }
        return publishing;
    }

    /** A container's host name is its id, unless it was given another one. */
    private static boolean sibling(DockerClient client) {
        try {
            client.inspectContainerCmd(InetAddress.getLocalHost().getHostName()).exec();
            return true;
        } catch (NotFoundException | UnknownHostException e) {
            return false;
        }
    }

    private static Optional<String> gateway(DockerClient client) {
        try {
            List<Network.Ipam.Config> configs = client.inspectNetworkCmd()
                    .withNetworkId("bridge")
                    .exec()
                    .getIpam()
                    .getConfig();
            return configs.stream()
                    .map(Network.Ipam.Config::getGateway)
                    .filter(gateway -> gateway != null)
                    .findFirst();
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Stops with a grace period, then removes, volumes too. */
    Keeper.Ended stop(String id) {
        ContainerLog log = owned.get(id);
        DockerClient client = docker.client();
        Observation.State state = state(client, id);
        if (state.running()) {
            askToStop(client, id);
        }
        remove(client, id);
        owned.remove(id);
        if (log == null) {
            return new Keeper.Ended(state.running(), state.exitCode(), List.of());
        }
        log.awaitEnd();
        log.close();
        return new Keeper.Ended(state.running(), state.exitCode(), log.last());
    }

    private static Observation.State state(DockerClient client, String id) {
        try {
            return EngineState.of(client.inspectContainerCmd(id).exec().getState());
        } catch (NotFoundException e) {
            return EngineState.REMOVED;
        }
    }

    private static void askToStop(DockerClient client, String id) {
        try {
            client.stopContainerCmd(id).withTimeout(GRACE_SECONDS).exec();
        } catch (NotFoundException | NotModifiedException e) {
            // It ended by itself just now.
        }
    }

    private static void remove(DockerClient client, String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // Gone, or being removed by another command.
        }
    }

    /** Ends all, together; waits for a create that is under way, and lets no new one begin. */
    void end() {
        synchronized (lock) {
            ended = true;
            long deadline = System.nanoTime() + CREATE_MILLIS * 1_000_000;
            while (creating > 0 && System.nanoTime() < deadline) {
                awaitCreate();
            }
        }
        List<Thread> stops = new ArrayList<>();
        for (String id : List.copyOf(owned.keySet())) {
            Thread stop = new Thread(() -> stop(id));
            stop.start();
            stops.add(stop);
        }
        stops.forEach(Containers::join);
    }

    private void awaitCreate() {
        try {
            lock.wait(100);
        } catch (InterruptedException e) {
            // Nothing interrupts the end: a container would be left.
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One create command: under way until the engine has said the id, or has refused. */
    private final class Creation implements AutoCloseable {
        private final ContainerLog log;
        private boolean open = true;
        private volatile String id = "";

        Creation(ContainerLog log) {
            this.log = log;
            synchronized (lock) {
                if (ended) {
                    throw Problem.ofMachine(
                            "The build is ending, and no more containers are started",
                            List.of(),
                            "run the build again",
                            null);
                }
                creating++;
            }
        }

        void done(String created) {
            id = created;
            owned.put(created, log);
            close();
        }

        void undo() {
            if (id.isEmpty()) {
                log.close();
            } else {
                stop(id);
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (open) {
                    open = false;
                    creating--;
                    lock.notifyAll();
                }
            }
        }
    }
}
