package io.github.ecsmaven.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The services of one start, and the network in which the application finds them. */
final class ServiceGroup {
    /** One service of it that was created. */
    record Member(ServicesRequest.Service service, String container) {}

    private final String id;
    private final String network;
    private final Optional<String> ownNetwork;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private boolean closed;

    private ServiceGroup(String id, String network, Optional<String> ownNetwork) {
        this.id = id;
        this.network = network;
        this.ownNetwork = ownNetwork;
    }

    /** In a network that somebody else has made and keeps. */
    static ServiceGroup joining(String id, String network) {
        return new ServiceGroup(id, network, Optional.empty());
    }

    /** In a network that goes with it. */
    static ServiceGroup alone(String id, String network) {
        return new ServiceGroup(id, network, Optional.of(network));
    }

    String id() {
        return id;
    }

    String network() {
        return network;
    }

    Optional<String> ownNetwork() {
        return ownNetwork;
    }

    /** A container of it was created. When another one has failed meanwhile, this one must not start. */
    synchronized void joined(ServicesRequest.Service service, String container) {
        if (closed) {
            throw new IllegalStateException("another service has failed");
        }
        members.put(service.name(), new Member(service, container));
    }

    /** Nobody joins from now on. */
    synchronized Map<String, Member> close() {
        closed = true;
        return members();
    }

    /** By name, in the order in which they were created. */
    synchronized Map<String, Member> members() {
        return new LinkedHashMap<>(members);
    }
}
