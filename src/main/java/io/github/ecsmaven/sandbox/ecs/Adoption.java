package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.engine.DockerEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a new process makes of what an old one left, however that ended: containers of tasks that run are taken over,
 * tasks that were just starting start anew, and containers that no task knows are removed.
 */
final class Adoption {
    private final Store store;
    private final DockerEngine engine;
    private final Labels labels;

    Adoption(Store store, DockerEngine engine, Labels labels) {
        this.store = store;
        this.engine = engine;
        this.labels = labels;
    }

    void run() {
        Map<String, Map<String, String>> there = engine.list(Labels.HOME, labels.home());
        Set<String> kept = new HashSet<>();
        synchronized (store) {
            for (Task task : store.tasks().values()) {
                if (task.pending()) {
                    startAnew(task);
                } else if (!task.stopped()) {
                    task.containers.forEach(container -> kept.add(container.runtimeId));
                }
            }
        }
        List<String> orphans = new ArrayList<>(there.keySet());
        orphans.removeAll(kept);
        orphans.forEach(engine::remove);
    }

    private static void startAnew(Task task) {
        task.lastStatus = task.wanted() ? "PROVISIONING" : "DEPROVISIONING";
        task.containers.forEach(container -> {
            container.runtimeId = "";
            container.lastStatus = "PENDING";
        });
    }
}
