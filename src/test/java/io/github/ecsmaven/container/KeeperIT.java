package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.ecsmaven.LocalEngine;
import io.github.ecsmaven.LoopbackOnly;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keeper over the real engine. */
class KeeperIT {
    private static final String COPY = "ecs-container-test:copy-" + TestEngine.RUN;

    private static final Optional<String> HEALTH = Optional.of("/actuator/health");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path scratch;

    private static String build;
    private static Keeper keeper;

    @BeforeAll
    static void startKeeper() throws IOException {
        build = UUID.randomUUID().toString();
        keeper = new Keeper(Keeper.fork(TestEngine.launch(scratch, Map.of())));
        TestEngine.makeImage(scratch);
        TestEngine.docker("network", "create", TestEngine.NETWORK);
    }

    @AfterAll
    static void closeKeeper() {
        keeper.close();
        TestEngine.docker("network", "rm", TestEngine.NETWORK);
        TestEngine.docker("rmi", "-f", TestEngine.IMAGE);
        assertThat(TestEngine.containers(build)).isEmpty();
    }

    private static ContainerRequest request(String mode, Optional<String> path, Duration timeout) {
        return TestEngine.request(build, scratch.resolve(mode + ".log"), mode, path, TestEngine.NETWORK, timeout);
    }

    @Test
    void startWhenHealthyIsReachedAndStops() throws Exception {
        RunningContainer container = keeper.start(request("ok", HEALTH, MINUTE));

        assertThat(container.ready()).isEqualTo("GET /actuator/health 200");
        assertThat(container.host()).isEqualTo("127.0.0.1");
        assertThat(get(container)).contains("UP");
        LoopbackOnly.assertThatPort(container.port());

        Keeper.Ended ended = keeper.stop(container.id());
        assertThat(ended.running()).isTrue();
        assertThat(ended.lastLines()).contains("grüße from mode ok");
        assertThat(Files.readString(scratch.resolve("ok.log"))).startsWith("grüße from mode ok\n");
        assertThat(TestEngine.containers(build)).doesNotContain(container.id());
        assertThat(keeper.stop(container.id()).lastLines()).isEmpty();
    }

    private static String get(RunningContainer container) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(container.url())).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The engine's own proxy takes connections as soon as the container runs. */
    @Test
    void startWhenPortHasToAnswerWaitsForTheApplication() throws Exception {
        RunningContainer container = keeper.start(request("slow", Optional.empty(), MINUTE));
        assertThat(container.ready()).isEqualTo("port 8080 accepts connections");
        assertThat(get(container)).contains("UP");
        keeper.stop(container.id());
    }

    @Test
    void startWhenLineIsWantedWaitsForIt() {
        ContainerRequest request = request("ok", Optional.empty(), MINUTE);
        ContainerRequest.Readiness line =
                new ContainerRequest.Readiness(Optional.empty(), List.of(), Optional.of("Started in .*"));
        RunningContainer container = keeper.start(new ContainerRequest(
                request.project(),
                build,
                request.image(),
                8080,
                Map.of(),
                request.network(),
                Optional.empty(),
                line,
                MINUTE,
                scratch.resolve("line.log")));
        assertThat(container.ready()).isEqualTo("log line 'Started in .*'");
        keeper.stop(container.id());
    }

    /** With a day until it is too late, only the container's state can have ended the wait. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void startWhenApplicationExitsSaysWhyAtOnce() {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> keeper.start(request("exit", HEALTH, Duration.ofDays(1))));
        assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
        assertThat(problem.what())
                .isEqualTo("The container of '" + TestEngine.IMAGE + "' ended before it was ready, with exit code 3");
        assertThat(problem.evidence().get(0)).startsWith("Exit code 3: ");
        assertThat(problem.text())
                .contains("java.lang.IllegalStateException: DB_URL is not set")
                .doesNotContain("Last answer");
    }

    @Test
    void startWhenNeverReadyNamesTheLastAnswer() {
        Problem problem =
                catchThrowableOfType(Problem.class, () -> keeper.start(request("down", HEALTH, Duration.ofSeconds(6))));
        assertThat(problem.text())
                .contains("was not ready within 6")
                .contains("503 from GET /actuator/health: {\"status\":\"DOWN\"}")
                .contains("ecs.test.timeout");
    }

    @Test
    void startWhenNothingListensSaysSo() {
        Problem problem = catchThrowableOfType(
                Problem.class, () -> keeper.start(request("silent", Optional.empty(), Duration.ofSeconds(5))));
        assertThat(problem.text()).contains("port 8080 does not answer: nothing listens on it");
    }

    @Test
    void startWhenImageIsMissingSaysSo() {
        ContainerRequest request = new ContainerRequest(
                "shop:orders",
                build,
                "ecs-container-test:none",
                8080,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new ContainerRequest.Readiness(HEALTH, List.of(200), Optional.empty()),
                MINUTE,
                scratch.resolve("none.log"));
        Problem problem = catchThrowableOfType(Problem.class, () -> keeper.start(request));
        assertThat(problem.text()).contains("can't be started").contains("No such image");
    }

    @Test
    void startWhenPortIsTakenOnTheHostDoesNotMatter() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            bind(taken, 8080);
            RunningContainer container = keeper.start(request("ok", HEALTH, MINUTE));
            assertThat(container.port()).isNotEqualTo(8080);
            keeper.stop(container.id());
        }
    }

    private static void bind(ServerSocket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(port));
        } catch (BindException e) {
            // Taken by somebody else: just as good.
        }
    }

    @Test
    void startWhenTwoAtOnceDoNotWaitForEachOther() {
        CompletableFuture<RunningContainer> late =
                CompletableFuture.supplyAsync(() -> keeper.start(request("slow", HEALTH, MINUTE)));
        RunningContainer quick = keeper.start(request("ok", HEALTH, MINUTE));
        RunningContainer slow = late.join();
        assertThat(quick.port()).isNotEqualTo(slow.port());
        keeper.stop(quick.id());
        keeper.stop(slow.id());
    }

    @Test
    void imagesAreInspectedTaggedSavedLoadedAndRemoved() {
        Keeper.Image image = keeper.inspect(TestEngine.IMAGE).orElseThrow();
        assertThat(image.id()).startsWith("sha256:");
        assertThat(image.diffIds()).hasSize(2);
        keeper.tag(image.id(), COPY);
        assertThat(keeper.inspect(COPY)).contains(image);
        Path tar = scratch.resolve("image.tar");
        keeper.save(COPY, tar);
        keeper.removeImage(COPY);
        assertThat(keeper.inspect(COPY)).isEmpty();
        keeper.load(tar);
        assertThat(keeper.inspect(COPY)).contains(image);
        keeper.removeImage(COPY);
        keeper.removeImage(COPY);
    }

    @Test
    void loadWhenTarIsBrokenSaysSo() throws IOException {
        Path tar = Files.writeString(scratch.resolve("broken.tar"), "not a tar");
        Problem problem = catchThrowableOfType(Problem.class, () -> keeper.load(tar));
        assertThat(problem.text()).contains("broken.tar");
    }

    /** The context is made by the docker command itself, and leads to the engine by a link of its own. */
    @Test
    void engineOfDockersContextIsFound(@TempDir Path own, @TempDir Path config) throws IOException {
        assumeThat(LocalEngine.address().getScheme())
                .as("skipped: only a socket can be linked to")
                .isEqualTo("unix");
        Path link = config.resolve("engine.sock");
        Files.createSymbolicLink(link, Path.of(LocalEngine.address().getPath()));
        TestEngine.docker(
                "--config", config.toString(), "context", "create", "ecs-test", "--docker", "host=unix://" + link);
        Keeper keeper = new Keeper(Keeper.fork(TestEngine.launch(
                own, Map.of("DOCKER_HOST", "", "DOCKER_CONTEXT", "ecs-test", "DOCKER_CONFIG", config.toString()))));
        try {
            assertThat(keeper.engine().version()).isNotEmpty();
            assertThat(own.resolve("home/.testcontainers.properties")).content().contains(link.toString());
        } finally {
            keeper.close();
        }
    }

    @Test
    void engineWhenDockerHostPointsNowhereIsAnError(@TempDir Path own) {
        Keeper lost =
                new Keeper(Keeper.fork(TestEngine.launch(own, Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock"))));
        try {
            Problem problem = catchThrowableOfType(Problem.class, lost::engine);
            assertThat(problem.text())
                    .isEqualTo("No Docker engine answers at DOCKER_HOST.\n"
                            + "  unix:///nowhere/docker.sock: no such file\n"
                            + "Next: correct or unset DOCKER_HOST, or start that engine,"
                            + " or skip the tests with -DskipITs (ecs.test.skip).");
        } finally {
            lost.close();
        }
    }
}
