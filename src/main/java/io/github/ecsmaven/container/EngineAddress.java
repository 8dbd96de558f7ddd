package io.github.ecsmaven.container;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the engine's address. Testcontainers would look too, but silently takes the default socket when DOCKER_HOST points
 * nowhere, and needs longer to say no.
 */
final class EngineAddress {
    private static final int CONNECT_MILLIS = 1_500;
    private static final String WINDOWS_PIPE = "npipe:////./pipe/docker_engine";

    private final Map<String, String> environment;
    private final Path userHome;
    private final Properties settings;

    EngineAddress(Map<String, String> environment, Path userHome, Properties settings) {
        this.environment = environment;
        this.userHome = userHome;
        this.settings = settings;
    }

    /**
     * The first address behind which something listens; DOCKER_HOST alone is asked when it is set.
     *
     * @throws Problem when there is none
     */
    String find() {
        List<String> candidates = candidates();
        List<String> refusals = new ArrayList<>();
        for (String address : candidates) {
            String refusal = refusal(address);
            if (refusal == null) {
                return address;
            }
            refusals.add(address + ": " + refusal);
        }
        throw nothingAnswers(refusals);
    }

    List<String> candidates() {
        for (String said : List.of(
                environment.getOrDefault("DOCKER_HOST", ""),
                settings.getProperty("docker.host", ""),
                settings.getProperty("tc.host", ""))) {
            if (!said.isBlank()) {
                return List.of(said.strip());
            }
        }
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return List.of(WINDOWS_PIPE);
        }
        List<String> sockets = new ArrayList<>(List.of("unix:///var/run/docker.sock"));
        Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .ifPresent(folder -> sockets.add("unix://" + folder + "/docker.sock"));
        for (String place : List.of(".docker/run", ".docker/desktop", ".rd", ".colima/default")) {
            Path socket = userHome.resolve(place).resolve("docker.sock");
            if (Files.exists(socket)) {
                sockets.add("unix://" + socket);
            }
        }
        return sockets;
    }

    private @Nullable String refusal(String address) {
        try {
            URI uri = URI.create(address);
            String scheme = String.valueOf(uri.getScheme());
            return switch (scheme) {
                case "unix" -> refusedSocket(Path.of(uri.getPath()));
                case "tcp", "http", "https" -> refusedPort(uri);
                case "npipe" -> null;
                default -> "addresses with '" + scheme + "://' are not supported; unix:// and tcp:// are";
            };
        } catch (IllegalArgumentException e) {
            return "not an address";
        }
    }

    private @Nullable String refusedSocket(Path socket) {
        if (!Files.exists(socket)) {
            return "no such file";
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return null;
        } catch (IOException e) {
            String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            return text.contains("denied") ? "permission denied" : "nothing listens (" + text + ")";
        }
    }

    private @Nullable String refusedPort(URI uri) {
        if (uri.getHost() == null) {
            return "not an address";
        }
        try (Socket socket = new Socket()) {
            int port = uri.getPort() > 0 ? uri.getPort() : 2375;
            socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Problem nothingAnswers(List<String> refusals) {
        String skip = ", or skip the tests with -DskipITs (ecs.test.skip)";
        if (environment.containsKey("DOCKER_HOST")) {
            return Problem.ofMachine(
                    "No Docker engine answers at DOCKER_HOST",
                    refusals,
                    "correct or unset DOCKER_HOST, or start that engine" + skip,
                    null);
        }
        if (refusals.stream().anyMatch(refusal -> refusal.endsWith("permission denied"))) {
            return Problem.ofMachine(
                    "This user may not talk to the Docker engine",
                    refusals,
                    "add the user to the group 'docker' (sudo usermod -aG docker <user>, then log in again)" + skip,
                    null);
        }
        return Problem.ofMachine("No Docker engine answers", refusals, "start Docker, or set DOCKER_HOST" + skip, null);
    }
}
