package io.github.ecsmaven.container;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the engine's answer about a container. */
final class EngineState {
    /** Somebody has removed it. */
    static final Observation.State REMOVED = new Observation.State(false, 137, false, "the container was removed");

    private EngineState() {}

    /** A container that is created but not yet started counts as running: its end is what matters. */
    static Observation.State of(InspectContainerResponse.ContainerState state) {
        if (Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus())) {
            return Observation.State.RUNNING;
        }
        Long exit = state.getExitCodeLong();
        String error = state.getError();
        return new Observation.State(
                false,
                exit == null ? 0 : exit.intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                error == null ? "" : error);
    }

    static Optional<Integer> publishedPort(InspectContainerResponse container, int port) {
        NetworkSettings network = container.getNetworkSettings();
        Ports ports = network == null ? null : network.getPorts();
        Ports.Binding @Nullable [] bindings =
                ports == null ? null : ports.getBindings().get(ExposedPort.tcp(port));
        if (bindings == null || bindings.length == 0 || bindings[0].getHostPortSpec() == null) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(bindings[0].getHostPortSpec()));
    }
}
