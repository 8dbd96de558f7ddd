package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;

/** What the engine is asked about a container that exists, or did a moment ago. */
final class EngineContainer {
    private static final int GRACE_SECONDS = 10;

    private EngineContainer() {}

    static Observation.State state(DockerClient client, String id) {
        try {
            return EngineState.of(client.inspectContainerCmd(id).exec().getState());
        } catch (NotFoundException e) {
            return EngineState.REMOVED;
        }
    }

    static void askToStop(DockerClient client, String id) {
        try {
            client.stopContainerCmd(id).withTimeout(GRACE_SECONDS).exec();
        } catch (NotFoundException | NotModifiedException e) {
            // It ended by itself just now.
        }
    }

    /** Running or not, volumes too. */
    static void remove(DockerClient client, String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // Gone, or being removed by another command.
        }
    }
}
