package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The sandbox as the goals see it: found, started in the background, run in the foreground, stopped. */
public final class Sandbox {
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 25;

    private final Path home;
    private final int port;
    private final ServerProcess process;
    private final Build build;
    private final ServerClient client = new ServerClient();

    /**
     * @param home {@code ecs.sandbox.home}: state, blobs, address, log
     * @param port {@code ecs.sandbox.port} on 127.0.0.1; 0: any free one
     * @param java the java command for the background process
     * @param classPath the plugin's one jar (or a class path while it is developed)
     */
    public Sandbox(Path home, int port, Path java, String classPath) {
        this.home = home.toAbsolutePath().normalize();
        this.port = port;
        this.process = new ServerProcess(this.home, java, classPath);
        this.build = Build.of(classPath);
    }

    /** How a call comes to a running sandbox. */
    public enum Start {
        /** It runs already. */
        NONE,
        /** None ran. */
        FRESH,
        /** In the place of a process of an older build of the plugin; nothing answers between the two. */
        IN_PLACE
    }

    /**
     * Where the sandbox answers, and with which credentials of its own.
     *
     * @param endpoint {@code http://127.0.0.1:4747}
     * @param region of everything in it
     * @param accessKeyId for AWS clients
     * @param secretAccessKey for AWS clients
     * @param start what this call has done to have it run
     */
    public record Address(URI endpoint, String region, String accessKeyId, String secretAccessKey, Start start) {
        private static Address of(State state, Start start) {
            URI endpoint = URI.create("http://127.0.0.1:" + state.port());
            return new Address(endpoint, state.region(), state.accessKeyId(), state.secretAccessKey(), start);
        }

        /** True when this call has started it, whether or not in the place of another. */
        public boolean started() {
            return start != Start.NONE;
        }

        /** Without the secret, as this may end up in a log. */
        @Override
        public String toString() {
            return endpoint + " (" + region + ")";
        }
    }

    /**
     * The sandbox of this home, started when it isn't there; safe when several builds ask at once. A process of an older
     * build of the plugin is replaced as soon as nobody is at work with it; containers, state, port and the services'
     * addresses stay. A process of a newer build serves an older one.
     *
     * @throws Problem when it doesn't start, or its port is taken
     */
    public Address ensure() {
        return locked(() -> {
            Optional<State> running = running();
            if (running.isPresent() && !isToReplace(running.get())) {
                return Address.of(running.get(), Start.NONE);
            }
            if (running.isPresent()) {
                end(running.get(), Admin.End.KEEP);
            }
            return Address.of(start(false).state(), running.isPresent() ? Start.IN_PLACE : Start.FRESH);
        });
    }

    /** The sandbox of this home when it answers. */
    public Optional<Address> find() {
        return running().map(state -> Address.of(state, Start.NONE));
    }

    /**
     * Runs it until it is stopped, or this process is interrupted or ends, however that comes about; containers stay
     * for the next one. It is a process of its own here too, as some of what it needs is said on a JVM's command line.
     *
     * @param ready is told the address
     * @throws Problem when one runs already in this home, it doesn't start, or its port is taken
     */
    public void runHere(Consumer<Address> ready) {
        Started child = locked(() -> {
            if (running().isPresent()) {
                throw SandboxServer.runsAlready(home);
            }
            return start(true);
        });
        Thread hook = new Thread(() -> endInput(child.process()));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ready.accept(Address.of(child.state(), Start.FRESH));
            child.process().waitFor();
            remove(hook);
        } catch (InterruptedException interrupted) {
            endInput(child.process());
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdown) {
            // Ctrl-C: the hook runs already and sees to the rest
        }
    }

    private static void endInput(Process child) {
        try {
            child.getOutputStream().close();
            child.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException gone) {
            // a pipe that broke has no process at its other end
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops the process and removes its containers; images and state stay unless {@code forget}. What a killed process
     * left running is removed too: the sandbox is started once more for that.
     *
     * @return false when none was running
     */
    public boolean stop(boolean forget) {
        if (!Files.isDirectory(home)) {
            return false;
        }
        return locked(() -> {
            Optional<State> running = running();
            if (running.isPresent()) {
                end(running.get(), forget ? Admin.End.FORGET : Admin.End.STOP);
            } else if (State.read(home).filter(state -> state.pid() != 0).isPresent()) {
                end(start(false).state(), forget ? Admin.End.FORGET : Admin.End.STOP);
            }
            if (forget) {
                forget();
            }
            return running.isPresent();
        });
    }

    private Optional<State> running() {
        return State.read(home).filter(state -> state.pid() != 0).filter(state -> client.health(state)
                .isPresent());
    }

    private boolean isToReplace(State state) {
        return state.isOlderThan(build)
                && client.health(state).filter(health -> !health.inUse()).isPresent();
    }

    private record Started(Process process, State state) {}

    private Started start(boolean foreground) throws IOException {
        OwnerOnly.tighten(home);
        long logBefore = Files.exists(process.log()) ? Files.size(process.log()) : 0;
        Process started = process.start(port, foreground);
        boolean answers =
                waitFor(LONGEST_START, () -> !started.isAlive() || running().isPresent());
        if (started.isAlive() && answers) {
            return new Started(
                    started,
                    running().orElseThrow(() -> new IOException("The sandbox ended as soon as it had started")));
        }
        boolean portTaken = !started.isAlive() && started.exitValue() == SandboxMain.PORT_TAKEN;
        started.destroyForcibly();
        if (portTaken) {
            throw SandboxServer.portTaken(port, null);
        }
        throw Problem.ofMachine(
                answers ? "The sandbox ended while it was starting." : "The sandbox didn't answer within 30 s.",
                process.lastLines(logBefore, 20),
                "read " + process.log() + ", and start it with mvn ecs:sandbox to see more.",
                null);
    }

    private void end(State state, Admin.End how) throws IOException {
        Optional<ProcessHandle> running = ProcessHandle.of(state.pid());
        client.stop(state, how);
        boolean gone = waitFor(
                LONGEST_STOP,
                () -> isFree(state) && running.filter(ProcessHandle::isAlive).isEmpty());
        if (!gone) {
            throw Problem.ofMachine(
                    "The sandbox (process " + state.pid() + ") didn't stop within 90 s.",
                    List.of(),
                    "end the process, then run the goal again.",
                    null);
        }
    }

    /** The process has given its home back. */
    private boolean isFree(State state) {
        try (FileLockHold lock =
                FileLockHold.tryTake(home.resolve(HomeFiles.SERVER_LOCK)).orElse(null)) {
            return lock != null && client.health(state).isEmpty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void forget() throws IOException {
        for (String name : HomeFiles.STATE) {
            Path directory = home.resolve(name);
            if (Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
        State.delete(home);
    }

    /** One at a time in this home, whoever asks. */
    private <T> T locked(Work<T> work) {
        try {
            OwnerOnly.open(home);
            // Interned, so that it is one monitor for all class realms: of one JVM's two holders of a file lock, the
            // first that closes the file gives up the lock of both (fcntl).
            synchronized (home.toRealPath().toString().intern()) {
                FileLockHold lock = takeStartLock();
                try {
                    return work.run();
                } finally {
                    lock.close();
                }
            }
        } catch (IOException error) {
            throw Problem.ofMachine(
                    "The sandbox can't use its home '" + home + "'.",
                    List.of(error.toString()),
                    "set ecs.sandbox.home to a directory that you may write to.",
                    error);
        }
    }

    private FileLockHold takeStartLock() throws IOException {
        long end = System.nanoTime() + LONGEST_STOP.toNanos();
        Optional<FileLockHold> lock = FileLockHold.tryTake(home.resolve(HomeFiles.START_LOCK));
        while (lock.isEmpty()) {
            if (System.nanoTime() > end) {
                throw Problem.ofMachine(
                        "Another build has been starting or stopping the sandbox in '" + home + "' for 90 s.",
                        List.of(),
                        "end that build, or use a home of your own with ecs.sandbox.home.",
                        null);
            }
            pause();
            lock = FileLockHold.tryTake(home.resolve(HomeFiles.START_LOCK));
        }
        return lock.get();
    }

    private static boolean waitFor(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Problem.ofMachine(
                    "The build was interrupted while it waited for the sandbox.",
                    List.of(),
                    "run it again.",
                    interrupted);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}
