package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Maven's side of the keeper, the JVM that owns the temporary containers of one Maven session. Thread-safe. The channel is a
 * JDK type, so that goals of different class realms share one keeper through the session.
 */
public final class Keeper {
    private final UnaryOperator<String> channel;

    /** Over a channel that {@link #fork} has made, perhaps in another class realm. */
    public Keeper(UnaryOperator<String> channel) {
        this.channel = channel;
    }

    /**
     * @param java the java command
     * @param classPath the plugin's one jar (or a class path while it is developed)
     * @param scratch an existing folder below target for the keeper's own files
     * @param environment settings of Testcontainers and Docker for the child: DOCKER_HOST and the like
     */
    public record Launch(Path java, String classPath, Path scratch, Map<String, String> environment) {
        public Launch {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts the process and returns at once; the first request waits until it answers. One JSON line in, one out. A
     * shutdown hook ends the process when Maven is interrupted.
     */
    public static UnaryOperator<String> fork(Launch launch) {
        throw new UnsupportedOperationException();
    }

    /** What the engine says of itself; a Problem when no engine answers. */
    public Engine engine() {
        channel.apply("");
        throw new UnsupportedOperationException();
    }

    public Optional<Image> inspect(String reference) {
        throw new UnsupportedOperationException();
    }

    public void load(Path tar) {
        throw new UnsupportedOperationException();
    }

    public void tag(String imageId, String reference) {
        throw new UnsupportedOperationException();
    }

    public void save(String reference, Path tar) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts a container and waits until it is ready.
     *
     * @throws io.github.ecsmaven.Problem within a second when it dies, with exit code, meaning and last lines; at the timeout with the last answer
     */
    public RunningContainer start(ContainerRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Stops it with a grace period and removes it; nothing happens when it is gone already. */
    public Ended stop(String id) {
        throw new UnsupportedOperationException();
    }

    /** Stops what is left, ends the process and waits for its end. */
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** See {@code image.Engine.Info}. */
    public record Engine(String version, String os, String architecture, boolean containerdStore) {}

    /** See {@code image.Engine.EngineImage}. */
    public record Image(String id, long size, List<String> diffIds) {}

    /**
     * How a container had ended when it was stopped.
     *
     * @param running true when it still ran, as it should
     * @param exitCode its exit code when it had died before
     * @param lastLines the end of its output, 50 lines at most
     */
    public record Ended(boolean running, int exitCode, List<String> lastLines) {}
}
