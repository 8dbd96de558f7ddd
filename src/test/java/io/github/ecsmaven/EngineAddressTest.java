package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over homes of its own, and real sockets. */
class EngineAddressTest {
    /** The folders of these two contexts as the docker command names them. */
    private static final Map<String, String> FOLDERS = Map.of(
            "colima", "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16",
            "desktop-linux", "fe9c6bd7a66301f49ca9b6a70b217107cd1284598bfc254700c989b916da791e");

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest(name = "of {0}: {1}")
    @CsvSource({
        "DOCKER_HOST docker.host tc.host DOCKER_CONTEXT currentContext, DOCKER_HOST",
        "docker.host tc.host DOCKER_CONTEXT currentContext, docker.host",
        "tc.host DOCKER_CONTEXT, tc.host",
        "DOCKER_CONTEXT currentContext, DOCKER_CONTEXT",
        "currentContext, currentContext"
    })
    void findWhenSeveralSayAnAddressAsksTheStrongestAlone(String places, String asked) throws IOException {
        for (String place : places.split(" ")) {
            say(place, "unix://" + socket(place));
        }
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket(asked)));
            assertThat(address().find()).hasToString("unix://" + socket(asked));
        }
        assertThat(problem().evidence())
                .containsExactly("unix://" + socket(asked) + ": nothing listens (connection refused)");
    }

    private Path socket(String name) {
        return home.resolve(name + ".sock");
    }

    private void say(String place, String address) throws IOException {
        switch (place) {
            case "DOCKER_HOST" -> environment.put(place, address);
            case "DOCKER_CONTEXT" -> {
                environment.put(place, "colima");
                context(home.resolve(".docker"), "colima", address);
            }
            case "currentContext" -> {
                context(home.resolve(".docker"), "desktop-linux", address);
                use(home.resolve(".docker"), "desktop-linux");
            }
            default -> {
                Path file = home.resolve(".testcontainers.properties");
                String before = Files.exists(file) ? Files.readString(file) : "";
                Files.writeString(file, before + place + "=" + address + "\n");
            }
        }
    }

    /** As {@code docker context create} writes it. */
    private static void context(Path docker, String name, String address) throws IOException {
        Path folder = Files.createDirectories(docker.resolve("contexts/meta").resolve(FOLDERS.get(name)));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\"" + address
                        + "\",\"SkipTLSVerify\":false}}}");
    }

    private static void use(Path docker, String context) throws IOException {
        Files.createDirectories(docker);
        Files.writeString(docker.resolve("config.json"), "{\"auths\":{},\"currentContext\":\"" + context + "\"}");
    }

    @Test
    void findWhenDockersSettingsLieElsewhereReadsThemThere() throws IOException {
        environment.put("DOCKER_CONFIG", home.resolve("elsewhere").toString());
        context(home.resolve("elsewhere"), "colima", "unix:///nowhere/colima.sock");
        use(home.resolve("elsewhere"), "colima");
        assertThat(problem().text())
                .isEqualTo("No Docker engine answers at the address of Docker's context 'colima'.\n"
                        + "  unix:///nowhere/colima.sock: no such file\n"
                        + "Next: start that engine, or choose another with 'docker context use' or DOCKER_CONTEXT.");
    }

    @Test
    void findWhenThereIsNoSuchContextSaysWhereItWasLookedFor() {
        environment.put("DOCKER_CONTEXT", "colima");
        assertThat(problem().text())
                .isEqualTo("The Docker context 'colima' has no engine.\n  "
                        + home.resolve(".docker/contexts/meta").resolve(FOLDERS.get("colima"))
                        + "/meta.json names none\n"
                        + "Next: choose a context of 'docker context ls' with 'docker context use' or DOCKER_CONTEXT.");
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///nowhere/docker.sock, no such file",
        "ssh://me@there, 'addresses with ''ssh://'' are not supported; unix:// and tcp:// are'",
        "tcp:nobody, not an address",
        "no address, not an address"
    })
    void findWhenDockerHostIsOfNoUseSaysWhy(String host, String why) {
        environment.put("DOCKER_HOST", host);
        assertThat(problem().text())
                .isEqualTo("No Docker engine answers at DOCKER_HOST.\n  " + host + ": " + why
                        + "\nNext: correct or unset DOCKER_HOST, or start that engine.");
    }

    @Test
    void findOrExpectWhenTheEngineIsNotThereYetTakesItsAddressUnlessNoneCanBeThere() {
        environment.put("DOCKER_HOST", "unix:///nowhere/docker.sock");
        assertThat(address().findOrExpect()).hasToString("unix:///nowhere/docker.sock");
        environment.put("DOCKER_HOST", "ssh://me@there");
        assertThat(catchThrowableOfType(Problem.class, () -> address().findOrExpect()))
                .hasMessage("No Docker engine answers at DOCKER_HOST");
    }

    @Test
    void findOrExpectWhenTheContextIsTheDefaultOneLooksAtTheUsualPlaces() throws IOException {
        say("currentContext", "unix:///nowhere/desktop.sock");
        environment.put("DOCKER_CONTEXT", "default");
        assertThat(address().usual()).contains(address().findOrExpect().toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void usualPlacesAreTheEnginesOfThisMachineAndOfTheHome() throws IOException {
        environment.put("XDG_RUNTIME_DIR", "/run/user/1000");
        for (String place : new String[] {".rd", ".colima/default"}) {
            Files.createFile(Files.createDirectories(home.resolve(place)).resolve("docker.sock"));
        }
        assertThat(address().usual())
                .containsExactly(
                        "unix:///var/run/docker.sock",
                        "unix:///run/user/1000/docker.sock",
                        "unix://" + home + "/.rd/docker.sock",
                        "unix://" + home + "/.colima/default/docker.sock");
    }

    private EngineAddress address() {
        return new EngineAddress(environment, home);
    }

    private Problem problem() {
        return catchThrowableOfType(Problem.class, () -> address().find());
    }
}
