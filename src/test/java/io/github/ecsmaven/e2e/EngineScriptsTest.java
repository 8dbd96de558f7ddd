package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Engine and base image on a bare machine: all that could change this one, or that it may lack, is a script of the test. Its
 * {@code docker} answers once {@code dockerd} has been started.
 */
@EnabledOnOs(OS.LINUX)
class EngineScriptsTest {
    private static final List<String> REAL = List.of(
            "sh",
            "cat",
            "chmod",
            "date",
            "dirname",
            "find",
            "flock",
            "grep",
            "id",
            "ldconfig",
            "ldd",
            "mkdir",
            "mktemp",
            "nohup",
            "readlink",
            "rm",
            "sed",
            "setsid",
            "sleep",
            "sort",
            "stat",
            "tail",
            "tar",
            "touch",
            "tr",
            "uname");

    @TempDir
    Path folder;

    private Path bin;
    private ServerSocketChannel socket;

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        for (String name : REAL) {
            Optional<Path> found = Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                    .map(place -> Path.of(place, name))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (found.isPresent()) {
                command(name, "exec " + found.get() + " \"$@\"");
            }
        }
        // Nobody accepts; the scripts only look whether it is there.
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        command(
                "docker",
                "case \"$1 $2\" in 'version '|'image inspect') [ -f " + folder + "/up ] ;; *) exit 1 ;; esac");
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void engineThatAnswersIsLeftAlone() throws Exception {
        Files.createFile(folder.resolve("up"));
        command("apt-get", "touch " + folder + "/installed");

        Said said = run("ensure-engine.sh");

        assertThat(said.exit).isZero();
        assertThat(said.text).isEmpty();
        assertThat(folder.resolve("installed")).doesNotExist();
        assertThat(folder.resolve("engine")).doesNotExist();
    }

    @Test
    void engineIsInstalledAndStartedWhereThereIsNone() throws Exception {
        assumeDebian();
        root();
        // The first try fails, as it does before the package lists are there.
        command(
                "apt-get",
                "echo \"$@\" >>" + folder + "/apt.calls\ncase \"$*\" in *update*) touch " + folder
                        + "/lists; exit ;; esac\n[ -f " + folder + "/lists ] || exit 100\n"
                        + "printf '#!/bin/sh\\necho \"$@\" >" + folder + "/dockerd.call; touch " + folder
                        + "/up; exec sleep 3\\n' >" + bin + "/dockerd; printf '#!/bin/sh\\n' >" + bin
                        + "/iptables; chmod +x " + bin + "/dockerd " + bin + "/iptables");

        Said said = run("ensure-engine.sh");

        assertThat(said.text)
                .contains(
                        "installing docker.io and iptables", "starting dockerd", "a Docker engine answers at unix://");
        assertThat(said.exit).isZero();
        assertThat(Files.readAllLines(folder.resolve("apt.calls")))
                .hasSize(3)
                .element(2)
                .asString()
                .contains("install", "docker.io", "iptables");
        assertThat(folder.resolve("dockerd.call"))
                .content()
                .contains(
                        "--host=unix://" + folder.resolve("docker.sock"),
                        "--data-root=" + folder.resolve("engine/data"));
    }

    @Test
    void engineThatCannotBeInstalledOrStartedIsSaidWithTheLogsEnd() throws Exception {
        assumeDebian();
        root();
        command("apt-get", "echo 'E: Unable to locate package docker.io'; exit 100");

        assertThat(run("ensure-engine.sh")).isEqualTo(new Said(1, """
                        engine: installing docker.io and iptables (apt-get) …
                        engine: apt-get could not install docker.io:
                        E: Unable to locate package docker.io
                        Next: see %1$s/apt.log, or install Docker (Debian, Ubuntu: sudo apt-get install docker.io iptables; others: https://docs.docker.com/engine/install/), start it, and add yourself to the group 'docker'; or run this once as root.
                        """.formatted(folder.resolve("engine"))));

        command("iptables", "");
        command("dockerd", "echo 'failed to mount overlay: operation not permitted'; exit 1");
        Said said = run("ensure-engine.sh");
        assertThat(said.exit).isEqualTo(1);
        assertThat(said.text)
                .contains("dockerd did not start:\nfailed to mount overlay: operation not permitted\nNext: see ");
    }

    @Test
    void engineIsAskedForWhereItMayNotBeInstalled() throws Exception {
        command("id", "echo 1000");
        command("apt-get", "touch " + folder + "/installed");

        Said said = run("ensure-engine.sh");

        assertThat(said.exit).isEqualTo(1);
        assertThat(said.text).startsWith("engine: no Docker engine answers. Next: install Docker (Debian, Ubuntu: ");
        assertThat(folder.resolve("installed")).doesNotExist();
    }

    /** The local image is there already, so that none is made. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "curl, exit 0, '', public.ecr.aws/docker/library/eclipse-temurin:17-jre",
        "curl, exit 6, '', docker://ecs-maven-plugin/java:17",
        "wget, exit 8, '', public.ecr.aws/docker/library/eclipse-temurin:17-jre",
        "wget, exit 4, '', docker://ecs-maven-plugin/java:17",
        "none, exit 0, '', docker://ecs-maven-plugin/java:17",
        "curl, exit 0, --local, docker://ecs-maven-plugin/java:17",
    })
    void baseImageIsThePublicOneWhereItCanBeReached(String client, String answer, String option, String image)
            throws Exception {
        Files.createFile(folder.resolve("up"));
        command(client, answer);
        String java = String.valueOf(Runtime.version().feature());

        Said said = option.isEmpty() ? run("base-image.sh") : run("base-image.sh", option);

        assertThat(said).isEqualTo(new Said(0, image.replace(":17", ":" + java) + "\n"));
    }

    private static void assumeDebian() {
        assumeThat(Files.exists(Path.of("/etc/debian_version")))
                .as("skipped: an engine is installed on Debian and Ubuntu only")
                .isTrue();
    }

    private void root() throws IOException {
        command("id", "echo 0");
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private record Said(int exit, String text) {}

    private Said run(String... scriptAndArguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(scriptAndArguments));
        command.set(0, Path.of("src/engine", command.get(0)).toString());
        command.add(0, bin.resolve("sh").toString());
        Path output = folder.resolve("output");
        // Into a file: a dockerd that lives on keeps a pipe open.
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        process.environment().clear();
        process.environment()
                .putAll(Map.of(
                        "PATH", bin.toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "ECS_ENGINE_HOME", folder.resolve("engine").toString(),
                        "ECS_ENGINE_SOCKET", folder.resolve("docker.sock").toString()));
        int exit = process.start().waitFor();
        return new Said(exit, Files.readString(output, StandardCharsets.UTF_8));
    }
}
