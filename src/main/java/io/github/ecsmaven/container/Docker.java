package io.github.ecsmaven.container;

import com.github.dockerjava.api.DockerClient;
import io.github.ecsmaven.EngineAddress;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** The connection to the engine, made by Testcontainers at the first use. A failed attempt is made again by the next use. */
final class Docker {
    private static final String OR_SKIP = ", or skip the tests with -DskipITs (ecs.test.skip)";

    private final EngineAddress addresses;
    private final KeeperHome home;
    private final boolean ryuk;
    private @Nullable DockerClient client;
    private String address = "";

    /** @param ryuk true when Testcontainers will start Ryuk at the first use */
    Docker(EngineAddress addresses, KeeperHome home, boolean ryuk) {
        this.addresses = addresses;
        this.home = home;
        this.ryuk = ryuk;
    }

    /** @throws Problem when no engine answers */
    synchronized DockerClient client() {
        if (client == null) {
            address = find();
            client = connect();
        }
        return client;
    }

    private String find() {
        try {
            return addresses.find().toString();
        } catch (Problem none) {
            throw new Problem(none.blame(), none.what(), none.evidence(), none.next() + OR_SKIP, none);
        }
    }

    /** Where the engine is, {@code unix:///var/run/docker.sock}. */
    synchronized String address() {
        return address;
    }

    private DockerClient connect() {
        try {
            home.write(address);
            return ryuk ? withRyuk() : DockerClientFactory.instance().client();
        } catch (IOException | RuntimeException e) {
            throw Causes.problem(e).orElseGet(() -> noEngine(e));
        }
    }

    private static DockerClient withRyuk() throws IOException {
        RyukImage.provide();
        try {
            return DockerClientFactory.instance().client();
        } catch (RuntimeException e) {
            throw Problem.ofMachine(
                    "Ryuk (ecs.test.ryuk) can't be started",
                    List.of(Causes.rootText(e)),
                    "leave ecs.test.ryuk out: the plugin removes its containers by itself; or, where no privileged container"
                            + " may run, set TESTCONTAINERS_RYUK_CONTAINER_PRIVILEGED=false",
                    e);
        }
    }

    private Problem noEngine(Exception e) {
        return Problem.ofMachine(
                "The Docker engine at " + address + " does not answer as an engine",
                List.of(Causes.rootText(e)),
                "check it with 'docker version'" + OR_SKIP,
                e);
    }
}
