package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.balancer.Balancer;
import io.github.ecsmaven.sandbox.balancer.Split;
import io.github.ecsmaven.sandbox.balancer.Target;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The balancers of all services, by the services' ARNs. Guarded by the store's lock. */
final class Balancers implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Balancer> open = new HashMap<>();

    /**
     * Opens the service's address.
     *
     * @param port the one that it had; 0: none yet
     * @return its port: another one when the wished one is taken
     */
    int open(String service, int port) {
        Balancer balancer = open.get(service);
        if (balancer == null) {
            balancer = bind(port);
            open.put(service, balancer);
        }
        return balancer.port();
    }

    private static Balancer bind(int port) {
        try {
            return new Balancer(port, PATIENCE);
        } catch (IOException taken) {
            if (port == 0) {
                throw new UncheckedIOException(taken);
            }
            return bind(0);
        }
    }

    void add(Task task) {
        Balancer balancer = open.get(task.service);
        if (balancer != null && !task.host.isEmpty()) {
            balancer.add(task.id, new Target(task.host, task.port));
        }
    }

    /** Divides the service's traffic as its deployment wants it now. */
    void split(Service service, List<Task> tasks) {
        Balancer balancer = open.get(service.arn());
        if (balancer != null) {
            balancer.split(service.share().map(share -> new Split(own(share.deployment(), tasks), share.percent())));
        }
    }

    private static Set<String> own(String deployment, List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.startedBy.equals(deployment))
                .map(task -> task.id)
                .collect(Collectors.toSet());
    }

    void remove(Task task) {
        find(task).ifPresent(balancer -> balancer.remove(task.id));
    }

    /** The task gets the requests of another address; those under way at the old one go on. */
    void move(Task task, String to) {
        Balancer next = open.get(to);
        if (next != null && !task.host.isEmpty() && task.running() && task.wanted() && task.healthy) {
            next.add(task.id, new Target(task.host, task.port));
        }
        remove(task);
    }

    /** How many requests the task has still to answer. */
    int underWay(Task task) {
        return find(task).map(balancer -> balancer.underWay(task.id)).orElse(0);
    }

    private Optional<Balancer> find(Task task) {
        return Optional.ofNullable(open.get(task.service));
    }

    void close(String service) {
        Balancer balancer = open.remove(service);
        if (balancer != null) {
            balancer.close();
        }
    }

    @Override
    public void close() {
        open.values().forEach(Balancer::close);
        open.clear();
    }
}
