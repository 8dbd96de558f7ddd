package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/** Testcontainers' container, told to leave image names, ports and waiting to us. */
final class TemporaryContainer extends GenericContainer<TemporaryContainer> {
    private final Wanted.Run run;
    private final String bind;
    private final Consumer<String> created;

    TemporaryContainer(Wanted wanted, String bind, Consumer<String> created) {
        super(wanted.run().image());
        this.run = wanted.run();
        this.bind = bind;
        this.created = created;
        withImagePullPolicy(image -> false);
        withEnv(run.environment());
        withStartupCheckStrategy(new NoCheck());
        withCreateContainerCmdModifier(this::fill);
    }

    /** The image is set once more, as Testcontainers may have put a registry's prefix before its name. */
    private void fill(CreateContainerCmd command) {
        Wanted.Place place = run.place();
        Map<String, String> labels = new HashMap<>(place.labels());
        if (command.getLabels() != null) {
            labels.putAll(command.getLabels());
        }
        HostConfig host = command.getHostConfig() == null ? HostConfig.newHostConfig() : command.getHostConfig();
        host.withPublishAllPorts(false);
        run.port().map(ExposedPort::tcp).ifPresent(port -> publish(port, command, host));
        place.network().ifPresent(host::withNetworkMode);
        place.alias().ifPresent(command::withAliases);
        if (!run.command().isEmpty()) {
            command.withCmd(run.command());
        }
        command.withImage(run.image()).withLabels(labels).withHostConfig(host);
    }

    private void publish(ExposedPort port, CreateContainerCmd command, HostConfig host) {
        host.withPortBindings(new PortBinding(new Ports.Binding(bind.isEmpty() ? null : bind, "0"), port));
        command.withExposedPorts(port);
    }

    @Override
    protected void containerIsCreated(String id) {
        created.accept(id);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Our own wait looks at the container's state each time, and keeps what it died of. */
    private static final class NoCheck extends StartupCheckStrategy {
        @Override
        public boolean waitUntilStartupSuccessful(DockerClient client, String id) {
            return true;
        }

        @Override
        public StartupStatus checkStartupState(DockerClient client, String id) {
            return StartupStatus.SUCCESSFUL;
        }
    }
}
