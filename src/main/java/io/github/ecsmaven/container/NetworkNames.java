package io.github.ecsmaven.container;

import io.github.ecsmaven.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of services that this keeper's groups hold in networks of the user's. That a name is free there is seen before its
 * container is made, so two modules that start at once would both see it.
 */
final class NetworkNames {
    private record Name(String network, String service) {}

    private record Holder(String group, String project) {}

    private final Map<Name, Holder> held = new HashMap<>();

    /**
     * All of them, or none.
     *
     * @param networkId the engine's, as there are several ways to write a network
     * @throws Problem when another group holds one
     */
    synchronized void hold(String group, String networkId, ServicesRequest request) {
        requireFree(networkId, request);
        request.services()
                .forEach(
                        service -> held.put(new Name(networkId, service.name()), new Holder(group, request.project())));
    }

    /** @throws Problem when a group holds one */
    synchronized void requireFree(String networkId, ServicesRequest request) {
        for (ServicesRequest.Service service : request.services()) {
            Holder holder = held.get(new Name(networkId, service.name()));
            if (holder != null) {
                throw taken(service, holder, request.network().orElse(networkId));
            }
        }
    }

    /** What a group holds; nothing happens when it holds nothing. */
    synchronized void release(String group) {
        Collection<Holder> holders = held.values();
        holders.removeIf(holder -> holder.group().equals(group));
    }

    private static Problem taken(ServicesRequest.Service service, Holder holder, String network) {
        String name = service.name();
        return Problem.ofProject(
                "In the Docker network '" + network + "' (ecs.test.network) the module '" + holder.project()
                        + "' of this build runs a service '" + name + "' (ecs.test.services) at the same time.",
                "give one of them another name, ecs.test.services=my-" + name + "=" + service.image()
                        + ", build without -T, or leave ecs.test.network out: then each module has a network of its own");
    }
}
