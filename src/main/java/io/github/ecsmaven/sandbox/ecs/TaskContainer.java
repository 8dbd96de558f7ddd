package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One container of a task. Guarded by the store's lock. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class TaskContainer {
    String arn = "";
    String name = "";
    String image = "";
    boolean essential = true;
    /** {@code PENDING}, {@code RUNNING} or {@code STOPPED}. */
    String lastStatus = "PENDING";

    String digest = "";
    /** The engine's id; empty while there is none. */
    String runtimeId = "";

    @Nullable Integer exitCode;

    String reason = "";
    /** {@code HEALTHY}, {@code UNHEALTHY} or {@code UNKNOWN}: of the container health check only. */
    String health = "UNKNOWN";
    /** Host port by container port. */
    Map<Integer, Integer> ports = new TreeMap<>();
}
