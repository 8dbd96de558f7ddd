package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.sandbox.engine.ContainerState;
import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.engine.EngineError;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Takes one task down: stop signal, kill after {@code stopTimeout}, exit codes, logs, removal. */
final class EndTask {
    private static final int KILLED = 137;
    private static final int UNKNOWN = 255;

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Store store;
    private final DockerEngine engine;
    private final TaskLogs logs;
    private final Clock clock;

    EndTask(Store store, DockerEngine engine, TaskLogs logs, Clock clock) {
        this.store = store;
        this.engine = engine;
        this.logs = logs;
        this.clock = clock;
    }

    void run(Task task) {
        List<TaskContainer> last = new ArrayList<>(task.containers);
        Collections.reverse(last);
        boolean reached = true;
        for (TaskContainer container : last) {
            if (!container.runtimeId.isEmpty()) {
                reached &= end(task, container);
            }
        }
        if (!reached) {
            // It stays STOPPING, and the loop, which looks again as soon as this returns, takes it down once more.
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        synchronized (store) {
            task.executionStoppedAt = clock.millis();
            task.containers.forEach(container -> container.lastStatus = "STOPPED");
            task.lastStatus = "STOPPED";
            task.stoppedAt = clock.millis();
        }
    }

    /** @return false when the engine gave no answer: then the container may still run */
    private boolean end(Task task, TaskContainer container) {
        try {
            engine.stop(container.runtimeId, Duration.ofSeconds(stopTimeout(task, container)));
            engine.inspect(container.runtimeId).ifPresentOrElse(state -> note(container, state), () -> lose(container));
            logs.keep(task.id, container.name, container.runtimeId);
            engine.remove(container.runtimeId);
        } catch (EngineError error) {
            if (error.status() == 0) {
                return false;
            }
            synchronized (store) {
                if (container.reason.isEmpty()) {
                    container.reason = "CannotStopContainerError: " + error.text();
                }
            }
        }
        return true;
    }

    /** Also used as soon as a container is seen to have ended. */
    void note(TaskContainer container, ContainerState state) {
        synchronized (store) {
            if (container.lastStatus.equals("PENDING")) {
                return; // it never ran: its reason says why
            }
            container.lastStatus = "STOPPED";
            container.exitCode = state.exitCode();
            if (state.outOfMemory() && container.reason.isEmpty()) {
                container.reason = "OutOfMemoryError: Container killed due to memory usage";
            }
        }
    }

    private void lose(TaskContainer container) {
        synchronized (store) {
            if (container.exitCode == null && container.lastStatus.equals("RUNNING")) {
                container.exitCode = container.reason.isEmpty() ? KILLED : UNKNOWN;
                container.reason = "ContainerVanishedError: No container matching saved ID found";
            }
        }
    }

    private int stopTimeout(Task task, TaskContainer container) {
        synchronized (store) {
            JsonNode definition = store.taskDefinitions().get(task.taskDefinition);
            if (definition != null) {
                for (JsonNode one : definition.path("containerDefinitions")) {
                    if (one.path("name").asText().equals(container.name)) {
                        return ContainerBody.stopTimeout(one);
                    }
                }
            }
        }
        return 30;
    }
}
