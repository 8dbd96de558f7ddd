package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** The connection to the engine, made by Testcontainers at the first use. A failed attempt is made again by the next use. */
final class Docker {
    private final EngineAddress addresses;
    private final KeeperHome home;
    private @Nullable DockerClient client;
    private String address = "";

    Docker(EngineAddress addresses, KeeperHome home) {
        this.addresses = addresses;
        this.home = home;
    }

    /** @throws Problem when no engine answers */
    synchronized DockerClient client() {
        if (client == null) {
            address = addresses.find();
            client = connect();
        }
        return client;
    }

    /** Where the engine is, {@code unix:///var/run/docker.sock}. */
    synchronized String address() {
        return address;
    }

    private DockerClient connect() {
        try {
            home.write(address);
            return DockerClientFactory.instance().client();
        } catch (IOException | RuntimeException e) {
            throw Problem.ofMachine(
                    "The Docker engine at " + address + " does not answer as an engine",
                    List.of(Causes.rootText(e)),
                    "check it with 'docker version', or skip the tests with -DskipITs (ecs.test.skip)",
                    e);
        }
    }
}
