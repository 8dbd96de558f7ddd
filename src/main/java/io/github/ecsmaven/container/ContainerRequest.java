package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A temporary container to start.
 *
 * @param project groupId:artifactId, for the label
 * @param build what is the same for all containers of one Maven session, for the label
 * @param image reference or id that the engine has
 * @param port in the container, published on a free port of 127.0.0.1
 * @param environment of the container
 * @param network an existing Docker network to join; not looked at with services, whose network it is then
 * @param beside the services that it needs: {@link RunningServices#group}; they end with it
 * @param readiness when it counts as ready
 * @param timeout until ready
 * @param log where its output is written, from its first line on
 */
public record ContainerRequest(
        String project,
        String build,
        String image,
        int port,
        Map<String, String> environment,
        Optional<String> network,
        Optional<String> beside,
        Readiness readiness,
        Duration timeout,
        Path log) {
    public ContainerRequest {
        environment = Map.copyOf(environment);
    }

    /** The same, beside services that run. */
    public ContainerRequest withServices(RunningServices services) {
        return new ContainerRequest(
                project,
                build,
                image,
                port,
                environment,
                network,
                Optional.of(services.group()),
                readiness,
                timeout,
                log);
    }

    /**
     * What has to hold; with neither path nor line the port has to answer.
     *
     * @param path asked by GET, {@code /actuator/health}
     * @param statuses that count as ready, {@code 200}
     * @param line a regular expression that a log line has to contain
     */
    public record Readiness(Optional<String> path, List<Integer> statuses, Optional<String> line) {
        public Readiness {
            statuses = List.copyOf(statuses);
        }
    }
}
