package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container under test needs beside it: services in one network, which it joins later.
 *
 * @param project groupId:artifactId, for the label
 * @param build what is the same for all containers of one Maven session, for the label
 * @param network an existing Docker network to join; empty: one of their own, which goes with them
 * @param timeout until ready, of each
 * @param services names differ
 */
public record ServicesRequest(
        String project, String build, Optional<String> network, Duration timeout, List<Service> services) {
    public ServicesRequest {
        services = List.copyOf(services);
    }

    /**
     * One service.
     *
     * @param name under which the others in the network reach it
     * @param image reference that the engine has
     * @param port that has to answer, and is published on a free port of 127.0.0.1; empty: the lowest that the image exposes
     * @param line a regular expression that a log line has to contain, instead of a port that answers
     * @param environment of the container
     * @param command instead of the image's; empty: the image's
     * @param log where its output is written, from its first line on
     */
    public record Service(
            String name,
            String image,
            Optional<Integer> port,
            Optional<String> line,
            Map<String, String> environment,
            List<String> command,
            Path log) {
        public Service {
            environment = Map.copyOf(environment);
            command = List.copyOf(command);
        }
    }
}
