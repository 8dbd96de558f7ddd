package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services beside the application, over the real engine. */
class ServicesIT {
    @TempDir
    static Path scratch;

    private static Keeper keeper;

    @TempDir
    Path own;

    private Beside beside;

    @BeforeAll
    static void startKeeper() throws IOException {
        keeper = new Keeper(Keeper.fork(TestEngine.launch(scratch, Map.of())));
        TestEngine.makeImage(scratch);
        TestImage.make(scratch, Beside.PORTLESS);
    }

    @AfterAll
    static void closeKeeper() {
        keeper.close();
        TestImage.remove(TestEngine.IMAGE);
        TestImage.remove(Beside.PORTLESS);
    }

    @BeforeEach
    void begin() {
        beside = new Beside(UUID.randomUUID().toString(), own);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(TestEngine.containers(beside.build())).isEmpty();
        assertThat(TestEngine.networks(beside.build())).isEmpty();
    }

    @Test
    void startServicesAreFoundByNameAndEndWithTheApplication() throws IOException {
        RunningServices services = keeper.startServices(beside.request(
                beside.service("db", "slow"),
                beside.service("queue", TestEngine.IMAGE, Optional.of("Started in .*"), "ok"),
                beside.service("worker", Beside.PORTLESS, Optional.empty(), "silent")));
        assertThat(services.services())
                .extracting(RunningServices.Service::name)
                .containsExactly("db", "queue", "worker");
        assertThat(services.services())
                .extracting(service -> service.container().ready())
                .containsExactly(
                        "port 8080 accepts connections", "log line 'Started in .*'", "it runs, nothing was asked");
        assertThat(services.services())
                .extracting(RunningServices.Service::reachable)
                .containsExactly(true, true, false);
        RunningContainer db = services.services().get(0).container();
        assertThat(db.host()).isEqualTo("127.0.0.1");
        assertThat(get(db.url())).contains("UP");
        assertThat(TestEngine.networks(beside.build())).hasSize(1);

        RunningContainer application = keeper.start(beside.application("ok", Optional.of("/call"), services));
        assertThat(get(application.url() + "/call")).isEqualTo("the peer says {\"status\":\"UP\"}");
        assertThat(TestEngine.containers(beside.build())).hasSize(4);

        Keeper.Ended ended = keeper.stop(application.id());
        assertThat(ended.running()).isTrue();
        assertThat(ended.services())
                .extracting(Keeper.ServiceState::name, Keeper.ServiceState::running)
                .containsExactlyInAnyOrder(tuple("db", true), tuple("queue", true), tuple("worker", true));
        assertThat(Files.readString(beside.log("worker"))).isEqualTo("grüße from mode silent\n");
    }

    @Test
    void startServicesWhenOneDiesTellsWhyAndEndsTheOthers() {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> keeper.startServices(
                        beside.request(beside.service("db", "exit"), beside.service("queue", "silent"))));
        assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
        assertThat(problem.text())
                .startsWith("The service 'db' (" + TestEngine.IMAGE + ") ended before it was ready, with exit code 3.\n"
                        + "  Exit code 3: the application ended with an error.\n"
                        + "  Last lines of its log (" + beside.log("db") + "):\n"
                        + "    grüße from mode exit\n"
                        + "    java.lang.IllegalStateException: DB_URL is not set\n")
                .endsWith("\nNext: correct what the log says; its environment is"
                        + " ecs.test.services.db.environment.NAME=value.");
    }

    @Test
    void startServicesWhenOneIsNeverReadyNamesItsProperties() {
        Problem problem = catchThrowableOfType(
                Problem.class,
                () -> keeper.startServices(
                        beside.request(Optional.empty(), Duration.ofSeconds(5), beside.service("db", "silent"))));
        assertThat(problem.text())
                .startsWith("The service 'db' (" + TestEngine.IMAGE + ") was not ready within 5.0 s.\n"
                        + "  Last answer: port 8080 does not answer: nothing listens on it\n")
                .endsWith("Next: raise ecs.test.timeout, or correct what is asked (ecs.test.services.db.port,"
                        + " ecs.test.services.db.wait.log).");
    }

    @Test
    void startWhenTheApplicationDiesTellsOfTheServiceThatWasGone() {
        RunningServices services =
                keeper.startServices(beside.request(beside.service("db", "ok"), beside.service("a", "ok")));
        Problem problem = catchThrowableOfType(
                Problem.class, () -> keeper.start(beside.application("dismiss", Optional.empty(), services)));
        assertThat(problem.text())
                .startsWith("The container of '" + TestEngine.IMAGE + "' ended before it was ready, with exit code 3")
                .contains("The service 'db' (" + TestEngine.IMAGE + ") had ended meanwhile, with exit code 4: ")
                .contains("asked to end")
                .doesNotContain("The service 'a'");
    }

    @Test
    void stopWhenAServiceHadDiedTellsItsExitCode() throws Exception {
        RunningServices services = keeper.startServices(beside.request(beside.service("db", "ok")));
        RunningContainer application = keeper.start(beside.application("ok", Optional.of("/"), services));
        RunningContainer db = services.services().get(0).container();
        catchThrowableOfType(IOException.class, () -> get(db.url() + "/bye"));
        assertThat(TestEngine.docker("wait", db.id())).isEqualTo("4");

        assertThat(keeper.stop(application.id()).services()).containsExactly(new Keeper.ServiceState("db", false, 4));
    }

    @Test
    void startServicesTakeACommandAndAPort() throws IOException {
        ServicesRequest.Service service = new ServicesRequest.Service(
                "db",
                Beside.PORTLESS,
                Optional.of(8080),
                Optional.empty(),
                Map.of("MODE", "exit"),
                List.of("down"),
                beside.log("db"));
        RunningServices services = keeper.startServices(beside.request(service));
        assertThat(services.services().get(0).container().ready()).isEqualTo("port 8080 accepts connections");
        assertThat(Files.readString(beside.log("db"))).startsWith("grüße from mode down");

        keeper.stop(keeper.start(beside.application("ok", Optional.of("/"), services))
                .id());
    }

    @Test
    void startServicesInANetworkThatIsThereLeaveItThere() throws IOException {
        String network = network();
        try {
            RunningServices services = keeper.startServices(
                    beside.request(Optional.of(network), Beside.MINUTE, beside.service("db", "ok")));
            assertThat(TestEngine.networks(beside.build())).isEmpty();
            RunningContainer application = keeper.start(beside.application("ok", Optional.of("/call"), services));

            Problem taken = catchThrowableOfType(
                    Problem.class,
                    () -> keeper.startServices(
                            beside.request(Optional.of(network), Beside.MINUTE, beside.service("db", "ok"))));
            assertThat(taken.text()).contains("the module 'shop:orders' of this build runs a service 'db'", network);
            keeper.stop(application.id());
        } finally {
            TestEngine.docker("network", "rm", network);
        }
    }

    @Test
    void startServicesWhenAStrangerHasTheNameRefusesItInItsNetworkOnly() {
        String network = network();
        String other = network();
        String stranger = TestEngine.docker(
                "create", "--network", network, "--network-alias", "db", "-e", "MODE=ok", TestEngine.IMAGE);
        try {
            TestEngine.docker("network", "connect", "--alias", "queue", other, stranger);
            TestEngine.docker("start", stranger);
            Problem taken = catchThrowableOfType(
                    Problem.class,
                    () -> keeper.requireNetwork(
                            beside.request(Optional.of(network), Beside.MINUTE, beside.service("db", "ok"))));
            assertThat(taken.text()).contains("a container is named 'db' already", network);
            keeper.requireNetwork(beside.request(Optional.of(network), Beside.MINUTE, beside.service("queue", "ok")));
        } finally {
            TestEngine.docker("rm", "-f", stranger);
            TestEngine.docker("network", "rm", network, other);
        }
    }

    private static String network(String... options) {
        String name = "ecs-services-test-" + UUID.randomUUID();
        List<String> command = new ArrayList<>(List.of("network", "create"));
        command.addAll(List.of(options));
        command.add(name);
        TestEngine.docker(command.toArray(String[]::new));
        return name;
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-network, There is no Docker network 'no-such-network' (ecs.test.network).",
        "host, In the Docker network 'host' (ecs.test.network) no port is published",
        "none, In the Docker network 'none' (ecs.test.network) no port is published",
        "bridge, In the Docker network 'bridge' (ecs.test.network) containers have no names"
    })
    void startServicesWhenTheNetworkWillNotDoRefuses(String network, String why) {
        ServicesRequest request = beside.request(Optional.of(network), Beside.MINUTE, beside.service("db", "ok"));
        Problem problem = catchThrowableOfType(Problem.class, () -> keeper.startServices(request));
        assertThat(problem.blame()).isEqualTo(Problem.Blame.PROJECT);
        assertThat(problem.text()).contains(why).contains("ecs.test.network");
        assertThat(catchThrowableOfType(Problem.class, () -> keeper.requireNetwork(request))
                        .text())
                .isEqualTo(problem.text());
    }

    @Test
    void startWhenTheNetworkIsInternalOrMissingRefuses() {
        String internal = network("--internal");
        try {
            assertThat(refused(internal)).contains("is internal");
        } finally {
            TestEngine.docker("network", "rm", internal);
        }
        assertThat(refused(internal))
                .isEqualTo("There is no Docker network '" + internal + "' (ecs.test.network).\nNext: create it with"
                        + " 'docker network create " + internal
                        + "', or leave ecs.test.network out: then services get a"
                        + " network of their own.");
    }

    private String refused(String network) {
        ContainerRequest request = TestEngine.request(
                beside.build(), own.resolve("c.log"), "ok", Optional.of("/"), network, Beside.MINUTE);
        return catchThrowableOfType(Problem.class, () -> keeper.start(request)).text();
    }

    private static String get(String url) throws IOException {
        return new String(URI.create(url).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
