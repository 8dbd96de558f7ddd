package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Removes what a killed keeper or machine has left behind. Containers of a build that lives are not touched. */
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
        ours.stream().filter(this::abandoned).forEach(this::remove);
    }

    private boolean abandoned(Container container) {
        String label = container.getLabels().getOrDefault(Labels.KEEPER, "");
        return own.abandoned(
                label, Instant.ofEpochSecond(container.getCreated()), clock.instant(), KeeperMark::startOf);
    }

    private void remove(Container container) {
        try {
            client.removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // Another build that starts now removes the same one.
        }
    }
}
