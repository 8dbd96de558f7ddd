package io.github.ecsmaven.sandbox.ecs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that ECS knows, in memory and on disk: {@code state.json} and {@code task-definitions.json}, each replaced in one
 * step. Whoever reads or writes it holds its monitor. Keys are ARNs.
 */
final class Store {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    /** A stopped task can be described for at least an hour. ECS API, DescribeTasks. */
    private static final long STOPPED_KEPT = 3_600_000;

    private static final int MOST_STOPPED = 200;

    /** The part that changes all the time. */
    static final class State {
        public Map<String, Cluster> clusters = new LinkedHashMap<>();
        public Map<String, Service> services = new LinkedHashMap<>();
        public Map<String, Task> tasks = new LinkedHashMap<>();
        /** Service revisions as DescribeServiceRevisions gives them. */
        public Map<String, ObjectNode> revisions = new LinkedHashMap<>();

        public Map<String, TargetGroup> targetGroups = new LinkedHashMap<>();

        /** The task sets without production traffic of services that CodeDeploy deploys, each as a service of its own. */
        public Map<String, Service> beside = new LinkedHashMap<>();

        /** Ids of CodeDeploy's deployments by the ids of the task sets that they made. */
        public Map<String, String> externalIds = new LinkedHashMap<>();

        public Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    }

    /** Task definitions as registered, with what ECS adds. */
    static final class Definitions {
        public Map<String, ObjectNode> taskDefinitions = new LinkedHashMap<>();
    }

    private final Path folder;
    private final boolean kept;
    private final State state;
    private final Definitions definitions;
    private byte[] saved = {};
    private int savedDefinitions;

    Store(Path folder) {
        this.folder = folder;
        this.kept = true;
        this.state = read("state.json", new State());
        this.definitions = read("task-definitions.json", new Definitions());
    }

    /** Gone with the process: nothing is written. */
    Store() {
        this.folder = Path.of("");
        this.kept = false;
        this.state = new State();
        this.definitions = new Definitions();
    }

    Map<String, Cluster> clusters() {
        return state.clusters;
    }

    Map<String, Service> services() {
        return state.services;
    }

    Map<String, Task> tasks() {
        return state.tasks;
    }

    Map<String, ObjectNode> revisions() {
        return state.revisions;
    }

    Map<String, TargetGroup> targetGroups() {
        return state.targetGroups;
    }

    Map<String, ObjectNode> taskDefinitions() {
        return definitions.taskDefinitions;
    }

    Map<String, String> tags(String arn) {
        return state.tags.computeIfAbsent(arn, fresh -> new LinkedHashMap<>());
    }

    List<Task> tasksOf(String serviceArn) {
        return state.tasks.values().stream()
                .filter(task -> task.service.equals(serviceArn))
                .toList();
    }

    /** A service that is beside another stays there. */
    void put(Service service) {
        (state.beside.containsKey(service.arn()) ? state.beside : state.services).put(service.arn(), service);
    }

    Map<String, Service> beside() {
        return state.beside;
    }

    Map<String, String> externalIds() {
        return state.externalIds;
    }

    /** All that the scheduler looks after, and that tasks may belong to. */
    List<Service> scheduled() {
        List<Service> all = new ArrayList<>(state.services.values());
        all.addAll(state.beside.values());
        return all;
    }

    /** The service of a task. */
    @Nullable Service owner(String serviceArn) {
        Service service = state.services.get(serviceArn);
        return service == null ? state.beside.get(serviceArn) : service;
    }

    /**
     * Forgets the tasks that have been stopped for long, and the revisions that no deployment names any more.
     *
     * @return the ids of these tasks
     */
    synchronized List<String> prune(long now) {
        List<String> gone = new ArrayList<>();
        long stopped = state.tasks.values().stream().filter(Task::stopped).count();
        long tooMany = stopped - MOST_STOPPED;
        var all = state.tasks.values().iterator();
        while (all.hasNext()) {
            Task task = all.next();
            if (task.stopped() && (tooMany-- > 0 || now - task.stoppedAt > STOPPED_KEPT)) {
                state.tags.remove(task.arn);
                all.remove();
                gone.add(task.id);
            }
        }
        state.revisions.keySet().retainAll(namedRevisions());
        return gone;
    }

    private Set<String> namedRevisions() {
        Set<String> named = new HashSet<>();
        for (Service service : scheduled()) {
            service.deployments().forEach(one -> named.add(one.revision()));
            service.history().forEach(one -> {
                named.add(one.target());
                named.addAll(one.sources());
                named.add(one.rollbackTo());
            });
        }
        return named;
    }

    /** Writes what has changed since the last time. */
    synchronized void save() {
        if (!kept) {
            return;
        }
        try {
            byte[] bytes = JSON.writeValueAsBytes(state);
            if (!Arrays.equals(bytes, saved)) {
                write("state.json", bytes);
                saved = bytes;
            }
            int hash = definitions.taskDefinitions.hashCode();
            if (hash != savedDefinitions) {
                write("task-definitions.json", JSON.writeValueAsBytes(definitions));
                savedDefinitions = hash;
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Nothing is left on disk. */
    void forget() {
        if (!kept) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("state.json"));
            Files.deleteIfExists(folder.resolve("task-definitions.json"));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        Path fresh = folder.resolve(name + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private <T> T read(String name, T none) {
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) none.getClass();
            return JSON.readValue(Files.readAllBytes(folder.resolve(name)), type);
        } catch (NoSuchFileException first) {
            return none;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
