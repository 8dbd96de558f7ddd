package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.container.ContainerRequest;
import io.github.ecsmaven.container.RunningContainer;
import io.github.ecsmaven.image.BuiltImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Starts a temporary container of the built image for the integration tests and waits until it is ready. Sets the project
 * properties {@code ecs.url}, {@code ecs.host} and {@code ecs.port}, which the tests get as system properties.
 */
@Mojo(
        name = "start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class StartMojo extends EcsMojo {
    /**
     * No temporary container, and no integration tests unless {@code skipITs} says otherwise; then Docker is not needed.
     * {@code skipITs} and {@code skipTests} do the same. Example: {@code -Decs.test.skip}.
     */
    @Parameter(property = "ecs.test.skip", defaultValue = "false")
    boolean testSkip;

    /** Port in the container that the tests talk to. Default: the first exposed port, else 8080. */
    @Parameter(property = "ecs.test.port", defaultValue = "0")
    int testPort;

    /** Path asked by GET until the container is ready. Default: {@code /actuator/health} with Spring Boot Actuator; else the port has to answer. */
    @Parameter(property = "ecs.test.wait.path")
    @Nullable String testWaitPath;

    /** Regular expression that a log line has to contain before the container is ready. Default: none. Example: {@code Started .* in}. */
    @Parameter(property = "ecs.test.wait.log")
    @Nullable String testWaitLog;

    /** HTTP statuses that count as ready, comma separated. Example: {@code 200,401}. */
    @Parameter(property = "ecs.test.wait.status", defaultValue = "200")
    String testWaitStatus;

    /** Time until the container is ready. Example: {@code 2m}. */
    @Parameter(property = "ecs.test.timeout", defaultValue = "60s")
    String testTimeout;

    /** Environment of the temporary container. As properties: {@code ecs.test.environment=A=b,C=d} or {@code ecs.test.environment.A=b}. Default: none. */
    @Parameter
    @Nullable Map<String, String> testEnvironment;

    /** Existing Docker network that the container joins. Default: the engine's own. Example: {@code ci}. */
    @Parameter(property = "ecs.test.network")
    @Nullable String testNetwork;

    @Override
    void work() {
        Optional<String> skipped = testsSkippedBy(testSkip);
        if (skipped.isPresent()) {
            getLog().info("No temporary container (" + skipped.get() + ").");
            return;
        }
        Optional<BuiltImage> image = files().readImage();
        if (image.isEmpty() && inReactor()) {
            getLog().debug("No image in " + project.getArtifactId() + ", no container.");
            return;
        }
        start(image.orElseThrow(files()::noImage));
    }

    private void start(BuiltImage image) {
        String started = Instant.now().toString();
        RunningContainer container = new SessionKeeper(session).get().start(request(image));
        Properties properties = project.getProperties();
        properties.setProperty("ecs.url", container.url());
        properties.setProperty("ecs.host", container.host());
        properties.setProperty("ecs.port", String.valueOf(container.port()));
        project.setContextValue(StopMojo.CONTAINER, container.id());
        project.setContextValue(StopMojo.DIGEST, image.digest().value());
        project.setContextValue(StopMojo.STARTED, started);
        getLog().info("Container ready at " + container.url() + " (" + container.ready() + ")  "
                + DurationText.show(Duration.ofMillis(container.millis())));
    }

    private ContainerRequest request(BuiltImage image) {
        int port = testPort > 0 ? testPort : image.ports().stream().findFirst().orElse(8080);
        return new ContainerRequest(
                project.getGroupId() + ":" + project.getArtifactId(),
                String.valueOf(session.getStartTime().getTime()),
                image.name(),
                port,
                maps().read("ecs.test.environment", testEnvironment),
                OptionText.text(testNetwork),
                readiness(new ProjectContents(project).hasActuator()),
                DurationText.parse("ecs.test.timeout", testTimeout),
                files().containerLog());
    }

    ContainerRequest.Readiness readiness(boolean actuator) {
        Optional<String> line = OptionText.text(testWaitLog);
        Optional<String> path = OptionText.text(testWaitPath)
                .or(() -> actuator && line.isEmpty() ? Optional.of("/actuator/health") : Optional.empty());
        return new ContainerRequest.Readiness(path, statuses(), line);
    }

    private List<Integer> statuses() {
        return OptionText.list(testWaitStatus).stream()
                .map(text -> {
                    if (!text.matches("[1-5]\\d\\d")) {
                        throw Problem.ofProject(
                                "'" + text + "' is not an HTTP status (ecs.test.wait.status).",
                                "write -Decs.test.wait.status=200 or several, comma separated.");
                    }
                    return Integer.valueOf(text);
                })
                .toList();
    }
}
