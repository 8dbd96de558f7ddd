package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import io.github.ecsmaven.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.testcontainers.DockerClientFactory;

/** The Docker networks of temporary containers: one that the user names, or one made for services and removed with them. */
final class Networks {
    private static final String DEFAULT_BRIDGE = "com.docker.network.bridge.default_bridge";

    private Networks() {}

    /**
     * The network's id, by whichever of its names it is called.
     *
     * @throws Problem when it isn't there
     */
    static String id(DockerClient client, String name) {
        try {
            return client.inspectNetworkCmd().withNetworkId(name).exec().getId();
        } catch (NotFoundException e) {
            throw NetworkFacts.missing(name);
        }
    }

    /** @throws Problem when it isn't there, or can't be joined */
    static void require(DockerClient client, String name, Collection<String> services) {
        facts(client, name, services).objection(services).ifPresent(problem -> {
            throw problem;
        });
    }

    private static NetworkFacts facts(DockerClient client, String name, Collection<String> services) {
        try {
            Network network = client.inspectNetworkCmd().withNetworkId(name).exec();
            Map<String, String> options = network.getOptions() == null ? Map.of() : network.getOptions();
            return new NetworkFacts(
                    name,
                    String.valueOf(network.getDriver()),
                    Boolean.TRUE.equals(network.getInternal()),
                    "true".equals(options.get(DEFAULT_BRIDGE)),
                    services.isEmpty() ? Set.of() : names(client, network));
        } catch (NotFoundException e) {
            throw NetworkFacts.missing(name);
        }
    }

    private static Set<String> names(DockerClient client, Network network) {
        Set<String> names = new HashSet<>();
        if (network.getContainers() != null) {
            network.getContainers().keySet().forEach(id -> names.addAll(names(client, id, network.getId())));
        }
        return names;
    }

    /** Of one container in one network; in its others it may have other names. */
    private static Set<String> names(DockerClient client, String container, String network) {
        Set<String> names = new HashSet<>();
        try {
            InspectContainerResponse seen =
                    client.inspectContainerCmd(container).exec();
            names.add(lower(seen.getName().replaceFirst("^/", "")));
            for (ContainerNetwork joined :
                    seen.getNetworkSettings().getNetworks().values()) {
                if (network.equals(joined.getNetworkID()) && joined.getAliases() != null) {
                    joined.getAliases().forEach(alias -> names.add(lower(alias)));
                }
            }
        } catch (NotFoundException e) {
            // It has left meanwhile, or is no container of this engine (an overlay's endpoint).
        }
        return names;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** @return its id */
    static String create(DockerClient client, String name, Map<String, String> own) {
        Map<String, String> labels = new HashMap<>(own);
        // With these Ryuk, where it runs, removes it too.
        labels.putAll(DockerClientFactory.DEFAULT_LABELS);
        labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
        try {
            return client.createNetworkCmd()
                    .withName(name)
                    .withLabels(labels)
                    .exec()
                    .getId();
        } catch (DockerException e) {
            throw Problem.ofMachine(
                    "The Docker network of the services (ecs.test.services) can't be made",
                    List.of(Causes.rootText(e)),
                    "remove networks that nothing uses ('docker network prune'), or name one to join in ecs.test.network",
                    e);
        }
    }

    /** False when something is in it still; a later try may do. */
    static boolean remove(DockerClient client, String id) {
        try {
            client.removeNetworkCmd(id).exec();
            return true;
        } catch (NotFoundException e) {
            return true;
        } catch (DockerException e) {
            return false;
        }
    }
}
