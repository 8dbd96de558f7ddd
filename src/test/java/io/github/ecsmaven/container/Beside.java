package io.github.ecsmaven.container;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests for services of the test image, and for an application beside them. */
record Beside(String build, Path scratch) {
    /** Nothing is exposed in it: a service of it has to run for a second, no more. */
    static final String PORTLESS = "ecs-container-test:portless-" + TestEngine.RUN;

    static final Duration MINUTE = Duration.ofMinutes(1);

    ServicesRequest request(ServicesRequest.Service... services) {
        return request(Optional.empty(), MINUTE, services);
    }

    ServicesRequest request(Optional<String> network, Duration timeout, ServicesRequest.Service... services) {
        return new ServicesRequest("shop:orders", build, network, timeout, List.of(services));
    }

    ServicesRequest.Service service(String name, String mode) {
        return service(name, TestEngine.IMAGE, Optional.empty(), mode);
    }

    ServicesRequest.Service service(String name, String image, Optional<String> line, String mode) {
        return new ServicesRequest.Service(
                name, image, Optional.empty(), line, Map.of("MODE", mode), List.of(), log(name));
    }

    Path log(String name) {
        return scratch.resolve("service-" + name + ".log");
    }

    /** An application that can call the service {@code db}. */
    ContainerRequest application(String mode, Optional<String> path, RunningServices services) {
        return new ContainerRequest(
                        "shop:orders",
                        build,
                        TestEngine.IMAGE,
                        8080,
                        Map.of("MODE", mode, "PEER", "db"),
                        Optional.empty(),
                        Optional.empty(),
                        new ContainerRequest.Readiness(path, List.of(200), Optional.empty()),
                        MINUTE,
                        scratch.resolve("application.log"))
                .withServices(services);
    }

    boolean nothingIsLeft() {
        return TestEngine.containers(build).isEmpty()
                && TestEngine.networks(build).isEmpty();
    }
}
