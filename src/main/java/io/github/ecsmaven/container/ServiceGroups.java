package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The groups of services that run, each found by its own id and by the application's container that it serves. */
final class ServiceGroups {
    private static final int LINES = 10;

    private final Docker docker;
    private final Owned owned;
    private final NetworkNames names = new NetworkNames();
    private final Map<String, ServiceGroup> groups = new ConcurrentHashMap<>();

    ServiceGroups(Docker docker, Owned owned) {
        this.docker = docker;
        this.owned = owned;
    }

    void requireNetwork(ServicesRequest request) {
        request.network().ifPresent(network -> {
            names.requireFree(Networks.id(docker.client(), network), request);
            requireJoinable(network, request);
        });
    }

    private void requireJoinable(String network, ServicesRequest request) {
        List<String> services =
                request.services().stream().map(ServicesRequest.Service::name).toList();
        Networks.require(docker.client(), network, services);
    }

    /** In the network that the request names, which has to be there, or in a new one. */
    ServiceGroup open(ServicesRequest request, Map<String, String> labels) {
        DockerClient client = docker.client();
        String id = UUID.randomUUID().toString();
        if (request.network().isPresent()) {
            return openIn(request.network().get(), id, request);
        }
        CreateGate.Pass pass = owned.gate().enter();
        try (pass) {
            String made = Networks.create(client, "ecs-test-" + id, labels);
            owned.addNetwork(made);
            return keep(ServiceGroup.alone(id, made));
        }
    }

    /** Its names are held until it ends: first held, then looked for, so that no two groups find the same one free. */
    private ServiceGroup openIn(String network, String id, ServicesRequest request) {
        names.hold(id, Networks.id(docker.client(), network), request);
        try {
            requireJoinable(network, request);
            return keep(ServiceGroup.joining(id, network));
        } catch (RuntimeException e) {
            names.release(id);
            throw e;
        }
    }

    private ServiceGroup keep(ServiceGroup group) {
        groups.put(group.id(), group);
        return group;
    }

    /** @throws IllegalArgumentException when there is none: it was ended, or is another keeper's */
    ServiceGroup get(String id) {
        ServiceGroup group = groups.get(id);
        if (group == null) {
            throw new IllegalArgumentException("no group of services '" + id + "'");
        }
        return group;
    }

    /** From now on it ends with the application's container. */
    void serve(String application, ServiceGroup group) {
        groups.put(application, group);
    }

    Optional<ServiceGroup> servingOf(String application) {
        return Optional.ofNullable(groups.get(application));
    }

    /** How each service does, in a form for the answer. */
    List<Keeper.ServiceState> states(ServiceGroup group) {
        DockerClient client = docker.client();
        List<Keeper.ServiceState> states = new ArrayList<>();
        group.members().forEach((name, member) -> {
            Observation.State state = EngineContainer.state(client, member.container());
            states.add(new Keeper.ServiceState(name, state.running(), state.exitCode()));
        });
        return states;
    }

    /** The problem of an application that did not get ready, with what its services may have to do with it. */
    Problem explained(Problem problem, ServiceGroup group) {
        DockerClient client = docker.client();
        List<String> evidence = new ArrayList<>(problem.evidence());
        for (ServiceGroup.Member member : group.members().values()) {
            Observation.State state = EngineContainer.state(client, member.container());
            if (!state.running()) {
                StartProblem.addDeadService(evidence, member.service(), state, lastLines(member.container()));
            }
        }
        return new Problem(problem.blame(), problem.what(), evidence, problem.next(), problem.getCause());
    }

    private List<String> lastLines(String container) {
        List<String> lines = owned.lastLines(container);
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    /** Removes its services and then its network; once more does no harm. */
    void end(ServiceGroup group) {
        List<String> containers = group.close().values().stream()
                .map(ServiceGroup.Member::container)
                .toList();
        Owned.together(containers, owned::stop);
        group.ownNetwork().ifPresent(owned::removeNetwork);
        groups.values().removeIf(group::equals);
        names.release(group.id());
    }
}
