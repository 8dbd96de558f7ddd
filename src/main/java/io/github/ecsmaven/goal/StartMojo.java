package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.container.ContainerRequest;
import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.container.RunningContainer;
import io.github.ecsmaven.container.RunningServices;
import io.github.ecsmaven.container.ServicesRequest;
import io.github.ecsmaven.image.BuiltImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
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
    private static final int DEFAULT_PORT = 8080;

    /**
     * No temporary container, and no integration tests unless {@code skipITs} says otherwise; then Docker is not needed.
     * {@code skipITs} and {@code skipTests} do the same. Example: {@code -Decs.test.skip}.
     */
    @Parameter(property = "ecs.test.skip", defaultValue = "false")
    String testSkip;

    /** Port in the container that the tests talk to. Default: the first exposed port, else 8080. Example: {@code 9000}. */
    @Parameter(property = "ecs.test.port")
    @Nullable String testPort;

    /** Path asked by GET until the container is ready. Default: {@code /actuator/health} with Spring Boot Actuator; else the port has to answer. Example: {@code /health}. */
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

    /**
     * Docker network that the container and its services join; it has to be there. Default: the engine's own, and with services
     * a network for this start alone. Example: {@code ci}.
     */
    @Parameter(property = "ecs.test.network")
    @Nullable String testNetwork;

    /**
     * What the container needs beside it: images, comma separated, each with the name under which the container finds it
     * ({@code name=image}; without one the last part of the image, {@code postgres} of {@code postgres:16}). Started and
     * ready before the container, in one network with it, and removed with it. What the engine has not got it pulls.
     * Default: none. Example: {@code postgres:16,queue=rabbitmq:4}.
     *
     * <p>Of each, as properties {@code ecs.test.services.<name>.…}: {@code environment.NAME=value} (or
     * {@code environment=A=b,C=d}); {@code port}, which has to answer (default: the lowest that the image exposes; when it
     * exposes none the service has to run for a second, no more); {@code wait.log}, a regular expression that a log line has to contain,
     * instead of the port; {@code command}, comma separated, instead of the image's. In the configuration:
     * <code>&lt;testServices&gt;&lt;service&gt;&lt;name&gt;db&lt;/name&gt;&lt;image&gt;postgres:16&lt;/image&gt;&lt;environment&gt;…</code>,
     * with {@code port}, {@code waitLog} and {@code command}.
     *
     * <p>The tests get the system properties {@code ecs.services.<name>.host}, {@code .port} and {@code .url}
     * ({@code http://host:port}) of each whose port is known.
     */
    @Parameter(property = "ecs.test.services")
    @Nullable List<TestService> testServices;

    /**
     * Lets Testcontainers start Ryuk, a container of its own that removes temporary containers when even the plugin's keeper
     * was killed; else the next start removes them. Its image {@code testcontainers/ryuk} has to be in the engine, or in
     * reach of it. One setting for all modules of a build; the environment variable {@code TESTCONTAINERS_RYUK_DISABLED} goes
     * before it. Example: {@code -Decs.test.ryuk}.
     */
    @Parameter(property = "ecs.test.ryuk", defaultValue = "false")
    String testRyuk;

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

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        values.accept(this::withRyuk);
        values.accept(() -> {
            if (testsSkippedBy(testSkip).isEmpty()) {
                values.accept(() -> request("", List.of()));
                values.accept(this::readServices);
            }
        });
    }

    private boolean withRyuk() {
        return OptionText.flag("ecs.test.ryuk", testRyuk);
    }

    private void start(BuiltImage image) {
        String started = Instant.now().toString();
        // All that can be refused is, before anything is started.
        ContainerRequest alone = request(image.name(), image.ports());
        ServiceOptions.Read read = readServices();
        // A parent's pom may say more of services than one module uses.
        if (!read.services().isEmpty() || !inReactor()) {
            read.warnings().forEach(getLog()::warn);
        }
        Optional<ServicesRequest> services = services(alone, read);
        SessionKeeper keeper = new SessionKeeper(session, withRyuk());
        ContainerRequest request = services.map(beside -> startServices(keeper.get(), beside))
                .map(alone::withServices)
                .orElse(alone);
        RunningContainer container = keeper.get().start(request);
        if (withRyuk() && !keeper.hasRyuk()) {
            getLog().warn(
                            "ecs.test.ryuk comes too late in this module: set it in the parent's pom, or -Decs.test.ryuk.");
        }
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

    private ServiceOptions.Read readServices() {
        return new ServiceOptions(maps(), files()::serviceLog).read(testServices);
    }

    private static Optional<ServicesRequest> services(ContainerRequest container, ServiceOptions.Read read) {
        return read.services().isEmpty()
                ? Optional.empty()
                : Optional.of(new ServicesRequest(
                        container.project(),
                        container.build(),
                        container.network(),
                        container.timeout(),
                        read.services()));
    }

    private RunningServices startServices(Keeper keeper, ServicesRequest request) {
        Clock clock = Clock.systemUTC();
        return new RunServices(keeper, getLog(), progress(clock), clock)
                .run(request, this::requireOnline, project.getProperties());
    }

    /** @param exposed ports of the image */
    private ContainerRequest request(String image, List<Integer> exposed) {
        int port = OptionText.text(testPort)
                .map(text -> OptionText.port("ecs.test.port", text, 1))
                .orElseGet(() -> exposed.stream().findFirst().orElse(DEFAULT_PORT));
        return new ContainerRequest(
                Reactor.name(project),
                String.valueOf(session.getStartTime().getTime()),
                image,
                port,
                maps().read("ecs.test.environment", testEnvironment),
                OptionText.text(testNetwork),
                Optional.empty(),
                readiness(new ProjectContents(project).hasActuator()),
                DurationText.parse("ecs.test.timeout", testTimeout),
                files().containerLog());
    }

    ContainerRequest.Readiness readiness(boolean actuator) {
        Optional<String> line = OptionText.text(testWaitLog).map(text -> OptionText.pattern("ecs.test.wait.log", text));
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
