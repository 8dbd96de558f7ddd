package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One container that is to be started, the application's or a service's.
 *
 * @param readiness when it counts as ready; without path, line and port it has to run for a second, no more
 */
record Wanted(Subject subject, Run run, ContainerRequest.Readiness readiness, Duration timeout, Path log) {
    /**
     * @param port in the container, published; empty when none is known
     * @param command instead of the image's; empty: the image's
     */
    record Run(
            String image, Optional<Integer> port, Map<String, String> environment, List<String> command, Place place) {}

    /**
     * @param network to join; empty: the engine's own
     * @param alias its name in that network
     */
    record Place(Optional<String> network, Optional<String> alias, Map<String, String> labels) {}

    static Wanted application(ContainerRequest request, Optional<String> network, Map<String, String> labels) {
        Run run = new Run(
                request.image(),
                Optional.of(request.port()),
                request.environment(),
                List.of(),
                new Place(network, Optional.empty(), labels));
        return new Wanted(
                new Subject.Application(request.image()), run, request.readiness(), request.timeout(), request.log());
    }

    /** @param port the one that was asked for, else the image's */
    static Wanted service(
            ServicesRequest.Service service,
            Optional<Integer> port,
            Duration timeout,
            String network,
            Map<String, String> labels) {
        Run run = new Run(
                service.image(),
                port,
                service.environment(),
                service.command(),
                new Place(Optional.of(network), Optional.of(service.name()), labels));
        return new Wanted(
                new Subject.Service(service.name(), service.image()),
                run,
                new ContainerRequest.Readiness(Optional.empty(), List.of(), service.line()),
                timeout,
                service.log());
    }

    Optional<Integer> port() {
        return run.port();
    }
}
