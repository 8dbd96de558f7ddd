package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The sandbox as the goals see it: found, started in the background, run in the foreground, stopped. */
public final class Sandbox {
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(90);
    private static final long PAUSE_MILLIS = 25;
    private static final List<String> OWN_STATE = List.of("ecr", "blobs", "uploads", "ecs");

    private final Path home;
    private final int port;
    private final ServerProcess process;
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
    }

    /**
     * Where the sandbox answers, and with which credentials of its own.
     *
     * @param endpoint {@code http://127.0.0.1:4747}
     * @param region of everything in it
     * @param accessKeyId for AWS clients
     * @param secretAccessKey for AWS clients
     * @param started true when this call has started it
     */
    public record Address(URI endpoint, String region, String accessKeyId, String secretAccessKey, boolean started) {
        private static Address of(State state, boolean started) {
            URI endpoint = URI.create("http://127.0.0.1:" + state.port());
            return new Address(endpoint, state.region(), state.accessKeyId(), state.secretAccessKey(), started);
        }

        /** Without the secret, as this may end up in a log. */
        @Override
        public String toString() {
            return endpoint + " (" + region + ")";
        }
    }

    /**
     * The sandbox of this home, started when it isn't there; safe when several builds ask at once. A process of an older
     * plugin is replaced, its containers and state stay.
     *
     * @throws Problem when it doesn't start, or its port is taken
     */
    public Address ensure() {
        return locked(() -> {
            Optional<State> running = running();
            if (running.isPresent() && isCurrent(running.get())) {
                return Address.of(running.get(), false);
            }
            if (running.isPresent()) {
                end(running.get(), Admin.End.KEEP);
            }
            return Address.of(start(), true);
        });
    }

    /** The sandbox of this home when it answers. */
    public Optional<Address> find() {
        return running().map(state -> Address.of(state, false));
    }

    /**
     * Runs it in this process until interrupted or stopped; {@code ready} is told the address.
     *
     * @throws Problem when one runs already in this home, or its port is taken
     */
    public void runHere(Map<String, String> environment, Clock clock, Consumer<Address> ready) {
        SandboxServer server = locked(() -> SandboxServer.start(home, port, environment, clock));
        Thread hook = new Thread(() -> quietly(server, Admin.End.KEEP));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            ready.accept(Address.of(server.state(), true));
            quietly(server, server.await());
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException interrupted) {
            quietly(server, Admin.End.KEEP);
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
                end(start(), forget ? Admin.End.FORGET : Admin.End.STOP);
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

    /** A newer process serves an older plugin; the other way round it is replaced. */
    private static boolean isCurrent(State state) {
        return state.protocol() >= State.PROTOCOL;
    }

    private State start() throws IOException {
        long logBefore = Files.exists(process.log()) ? Files.size(process.log()) : 0;
        Process started = process.start(port);
        boolean answers =
                waitFor(LONGEST_START, () -> !started.isAlive() || running().isPresent());
        if (started.isAlive() && answers) {
            return running().orElseThrow(() -> new IOException("The sandbox ended as soon as it had started"));
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
        client.stop(state, how);
        boolean gone = waitFor(LONGEST_STOP, () -> isFree(state));
        if (!gone) {
            throw Problem.ofMachine(
                    "The sandbox (process " + state.pid() + ") didn't stop within 90 s.",
                    List.of(),
                    "end the process, then run the goal again.",
                    null);
        }
    }

    /** The process has given its home back, and is gone unless it is Maven's own (ecs:sandbox in the foreground). */
    private boolean isFree(State state) {
        try (FileLockHold lock =
                FileLockHold.tryTake(home.resolve("server.lock")).orElse(null)) {
            return lock != null && client.health(state).isEmpty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void forget() throws IOException {
        for (String name : OWN_STATE) {
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
            createHome();
            FileLockHold lock = takeStartLock();
            try {
                return work.run();
            } finally {
                lock.close();
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
        Optional<FileLockHold> lock = FileLockHold.tryTake(home.resolve("start.lock"));
        while (lock.isEmpty()) {
            if (System.nanoTime() > end) {
                throw Problem.ofMachine(
                        "Another build has been starting or stopping the sandbox in '" + home + "' for 90 s.",
                        List.of(),
                        "end that build, or use a home of your own with ecs.sandbox.home.",
                        null);
            }
            pause();
            lock = FileLockHold.tryTake(home.resolve("start.lock"));
        }
        return lock.get();
    }

    private void createHome() throws IOException {
        if (Files.isDirectory(home)) {
            return;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(home);
        }
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
            throw Problem.ofMachine("Interrupted while waiting for the sandbox.", List.of(), "", interrupted);
        }
    }

    private static void quietly(SandboxServer server, Admin.End how) {
        try {
            server.end(how);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }
}
