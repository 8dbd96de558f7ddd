package io.github.ecsmaven.container;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the container's port is published, and where the tests may reach it.
 *
 * @param bind the engine's address that the port is bound to; empty: all of them
 * @param hosts under which it may be reached from here, to be tried in order
 */
record Publishing(String bind, List<String> hosts) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String DESKTOP = "host.docker.internal";

    Publishing {
        hosts = List.copyOf(hosts);
    }

    /**
     * Loopback, unless it is another machine's or another container's.
     *
     * @param engine the engine's address
     * @param sibling true when this process runs in a container of that engine
     * @param gateway of the engine's bridge network
     */
    static Publishing decide(String engine, boolean sibling, Optional<String> gateway) {
        URI address = URI.create(engine);
        String host = address.getHost();
        boolean remote = host != null
                && !List.of("unix", "npipe").contains(address.getScheme())
                && !List.of("localhost", LOOPBACK, "[::1]").contains(host);
        if (remote) {
            return new Publishing("", List.of(host));
        }
        if (sibling) {
            return gateway.map(ip -> new Publishing(ip, List.of(ip, DESKTOP)))
                    .orElseGet(() -> new Publishing("", List.of(DESKTOP)));
        }
        return new Publishing(LOOPBACK, List.of(LOOPBACK, "localhost", DESKTOP));
    }
}
