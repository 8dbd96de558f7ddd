package io.github.ecsmaven.container;

import java.util.List;

/**
 * The services of one start, ready.
 *
 * @param group names them as a whole: see {@link ContainerRequest#beside}
 * @param services in the order in which they were asked for
 */
public record RunningServices(String group, List<Service> services) {
    public RunningServices {
        services = List.copyOf(services);
    }

    /** @param container port 0 when it has no known port */
    public record Service(String name, String image, RunningContainer container) {
        /** True when the tests can reach it. */
        public boolean reachable() {
            return container.port() > 0;
        }
    }
}
