package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Removes what a killed keeper or machine has left behind. What belongs to a build that lives is not touched. */
final class Leftovers {
    private final DockerClient client;
    private final KeeperMark own;
    private final Clock clock;

    Leftovers(DockerClient client, KeeperMark own, Clock clock) {
        this.client = client;
        this.own = own;
        this.clock = clock;
    }

    void remove() {
        List<Container> ours = client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(Labels.TEST, Labels.KEEPER))
                .exec();
        ours.stream().filter(this::abandoned).forEach(container -> EngineContainer.remove(client, container.getId()));
        // After the containers, which are in them.
        List<Network> networks = client.listNetworksCmd()
                .withFilter("label", List.of(Labels.TEST, Labels.KEEPER))
                .exec();
        networks.stream().filter(this::abandoned).forEach(network -> Networks.remove(client, network.getId()));
    }

    private boolean abandoned(Container container) {
        String label = container.getLabels().getOrDefault(Labels.KEEPER, "");
        return own.abandoned(
                label, Instant.ofEpochSecond(container.getCreated()), clock.instant(), KeeperMark::startOf);
    }

    private boolean abandoned(Network network) {
        String label = network.getLabels().getOrDefault(Labels.KEEPER, "");
        return own.abandoned(label, network.getCreated().toInstant(), clock.instant(), KeeperMark::startOf);
    }
}
