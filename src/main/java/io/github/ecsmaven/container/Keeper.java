package io.github.ecsmaven.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Maven's side of the keeper, the JVM that owns the temporary containers of one Maven session. Thread-safe; several requests
 * may be under way at once. The channel is a JDK type, so that goals of different class realms share one keeper through the
 * session.
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
     * @param environment settings of Testcontainers and Docker for the child: DOCKER_HOST and the like, on top of this
     *     process's own environment
     * @param ryuk true to let Testcontainers start Ryuk, unless TESTCONTAINERS_RYUK_DISABLED says otherwise
     */
    public record Launch(Path java, String classPath, Path scratch, Map<String, String> environment, boolean ryuk) {
        public Launch {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts the process and returns at once; the first request waits until it answers. The channel takes a request and
     * gives its answer, both JSON, from any number of threads at once; it never throws. It also implements
     * {@link AutoCloseable}: see {@link #close}. A shutdown hook ends the process when Maven is interrupted.
     *
     * @throws Problem when the java command can't be run
     */
    public static UnaryOperator<String> fork(Launch launch) {
        return KeeperChannel.fork(launch);
    }

    /**
     * What the engine says of itself.
     *
     * @throws Problem when no engine answers: what was tried, and what to do
     */
    public Engine engine() {
        return Wire.value(call(Wire.verb("engine")), Engine.class);
    }

    /** The image with this reference or id, or empty when the engine hasn't got it. */
    public Optional<Image> inspect(String reference) {
        JsonNode image = call(Wire.verb("inspect").put("reference", reference));
        return image.has("id") ? Optional.of(Wire.value(image, Image.class)) : Optional.empty();
    }

    /** Loads a tar of {@code docker save}'s form. */
    public void load(Path tar) {
        call(Wire.verb("load").put("tar", tar.toAbsolutePath().toString()));
    }

    /** Gives an image that the engine has another name, {@code name:tag}. */
    public void tag(String imageId, String reference) {
        call(Wire.verb("tag").put("image", imageId).put("reference", reference));
    }

    /** Writes the image as {@code docker save} would. */
    public void save(String reference, Path tar) {
        call(Wire.verb("save")
                .put("reference", reference)
                .put("tar", tar.toAbsolutePath().toString()));
    }

    /** Takes a name away from an image, and the image itself when it was the last name; nothing happens when it is gone. */
    public void removeImage(String reference) {
        call(Wire.verb("removeImage").put("reference", reference));
    }

    /**
     * Looks whether services can start where they are to, before anything is fetched for them.
     *
     * @throws Problem when the network that the request names isn't there, or will not do
     */
    public void requireNetwork(ServicesRequest request) {
        call(Wire.services(request).put("verb", "network"));
    }

    /**
     * Has the engine fetch images, with Docker's logins, and waits until it has them.
     *
     * @param clock tells how long it stands still
     * @param progress is told of it twice a second
     * @throws Problem when one can't be had: what the engine said, and what to do; also when nothing has come for five minutes
     */
    public void pull(List<String> references, Clock clock, PullProgress progress) {
        PullState state = new PullState(false, 0, 0, 0);
        PullStall stall = PullStall.beginning(clock.instant());
        while (!state.over()) {
            if (stall.tooLong(clock.instant())) {
                throw PullProblem.stalled(references, state);
            }
            ObjectNode request = Wire.verb("pull");
            references.forEach(request.withArray("references")::add);
            state = Wire.value(call(request), PullState.class);
            stall = stall.seen(state.moved(), clock.instant());
            progress.pulling(state.done(), state.total());
        }
    }

    /**
     * Starts the services that a container needs beside it, all at once, and waits until each is ready.
     *
     * @throws Problem within a second when one dies, at the timeout when one is not ready, when the network isn't there; none
     *     is left then
     */
    public RunningServices startServices(ServicesRequest request) {
        return Wire.runningServices(call(Wire.services(request)));
    }

    /**
     * Starts a container and waits until it is ready.
     *
     * @throws Problem within a second when it dies, with exit code, meaning and last lines; at the timeout with the last
     *     answer; the container is removed then, and the services beside it
     */
    public RunningContainer start(ContainerRequest request) {
        return Wire.runningContainer(call(Wire.start(request)));
    }

    /** Stops it with a grace period of 10 s and removes it, and the services beside it; nothing happens when it is gone already. */
    public Ended stop(String id) {
        return Wire.value(call(Wire.verb("stop").put("id", id)), Ended.class);
    }

    /** Stops what is left, ends the process and waits for its end. */
    public void close() {
        if (channel instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw Problem.ofMachine(
                        "The keeper of the temporary container did not end",
                        List.of(String.valueOf(e)),
                        "end the process io.github.ecsmaven.container.KeeperMain, then run the build again",
                        e);
            }
        }
    }

    private JsonNode call(ObjectNode request) {
        return Wire.result(channel.apply(request.toString()));
    }

    /** See {@code image.Engine.Info}. */
    public record Engine(String version, String os, String architecture, boolean containerdStore) {}

    /** See {@code image.Engine.EngineImage}. */
    public record Image(String id, long size, List<String> diffIds) {
        public Image {
            diffIds = List.copyOf(diffIds);
        }
    }

    /**
     * How a container had ended when it was stopped.
     *
     * @param running true when it still ran, as it should
     * @param exitCode its exit code when it had died before
     * @param lastLines the end of its output, 50 lines at most
     * @param services how the services beside it did
     */
    public record Ended(boolean running, int exitCode, List<String> lastLines, List<ServiceState> services) {
        public Ended {
            lastLines = List.copyOf(lastLines);
            services = List.copyOf(services);
        }
    }

    /**
     * How a service did when it was ended.
     *
     * @param running true when it still ran, as it should
     * @param exitCode its exit code when it had died before
     */
    public record ServiceState(String name, boolean running, int exitCode) {}

    /** Is told how far images are that the engine fetches. */
    public interface PullProgress {
        /** @param total bytes of what has begun; 0 while nothing is known */
        void pulling(long done, long total);
    }

    /**
     * How far the fetching is.
     *
     * @param over true when the engine has all of them
     * @param moved bytes that came or were unpacked: while it grows, it goes on
     */
    record PullState(boolean over, long done, long total, long moved) {}
}
