package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What this keeper has made and has to end: containers, and networks of services. */
final class Owned {
    /** How a container was when it was ended. */
    record End(Observation.State state, List<String> lastLines) {}

    private record Entry(ContainerLog log, boolean service) {}

    private final Docker docker;
    private final CreateGate gate = new CreateGate();
    private final Map<String, Entry> containers = new ConcurrentHashMap<>();
    private final Set<String> networks = ConcurrentHashMap.newKeySet();

    Owned(Docker docker) {
        this.docker = docker;
    }

    /** Each create command passes it, and is noted here before it leaves. */
    CreateGate gate() {
        return gate;
    }

    void add(String id, ContainerLog log, boolean service) {
        containers.put(id, new Entry(log, service));
    }

    void addNetwork(String id) {
        networks.add(id);
    }

    /** Stops with a grace period, then removes, volumes too; of a service nothing is worth the wait. */
    End stop(String id) {
        Entry entry = containers.get(id);
        DockerClient client = docker.client();
        Observation.State state = EngineContainer.state(client, id);
        if (state.running() && (entry == null || !entry.service())) {
            EngineContainer.askToStop(client, id);
        }
        EngineContainer.remove(client, id);
        containers.remove(id);
        if (entry == null) {
            return new End(state, List.of());
        }
        entry.log().awaitEnd();
        entry.log().close();
        return new End(state, entry.log().last());
    }

    void removeNetwork(String id) {
        if (Networks.remove(docker.client(), id)) {
            networks.remove(id);
        }
    }

    /** The end of a dead container's output, waited for. */
    List<String> lastLines(String id) {
        Entry entry = containers.get(id);
        if (entry == null) {
            return List.of();
        }
        entry.log().awaitEnd();
        return entry.log().last();
    }

    /** Ends all, together; waits for a create that is under way, and lets no new one begin. */
    void end() {
        gate.end();
        // Applications first: while they stop they may still need their services.
        together(ids(false), this::stop);
        together(ids(true), this::stop);
        together(List.copyOf(networks), this::removeNetwork);
    }

    private List<String> ids(boolean service) {
        return containers.entrySet().stream()
                .filter(entry -> entry.getValue().service() == service)
                .map(Map.Entry::getKey)
                .toList();
    }

    static void together(Collection<String> ids, Consumer<String> ending) {
        List<Thread> threads = new ArrayList<>();
        for (String id : ids) {
            Thread thread = new Thread(() -> ending.accept(id), "ecs-keeper-end");
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Owned::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
