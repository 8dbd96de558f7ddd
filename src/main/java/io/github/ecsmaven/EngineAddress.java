package io.github.ecsmaven;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Docker engine. Testcontainers would look too, but silently takes the default socket when DOCKER_HOST points
 * nowhere, and needs longer to say no.
 */
public final class EngineAddress {
    private static final int CONNECT_MILLIS = 1_500;
    private static final String WINDOWS_PIPE = "npipe:////./pipe/docker_engine";
    private static final String DEFAULT_SOCKET = "unix:///var/run/docker.sock";
    private static final Set<String> SCHEMES = Set.of("unix", "tcp", "http", "https", "npipe");

    private final Map<String, String> environment;
    private final Path userHome;

    /**
     * @param environment variables of the process
     * @param userHome where {@code .docker} and {@code .testcontainers.properties} lie
     */
    public EngineAddress(Map<String, String> environment, Path userHome) {
        this.environment = Map.copyOf(environment);
        this.userHome = userHome;
    }

    /** The user's settings of Testcontainers, mostly none. */
    public static Properties testcontainersSettings(Path userHome) {
        Properties settings = new Properties();
        Path file = userHome.resolve(".testcontainers.properties");
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
        return settings;
    }

    /**
     * An address that somebody has set: it is asked alone.
     *
     * @param by what says it
     * @param next what to do when no engine is there
     */
    private record Said(String address, String by, String next) {}

    /**
     * The first address behind which something listens. One that is set, by DOCKER_HOST, {@code
     * ~/.testcontainers.properties} or Docker's context, is asked alone; in the order of Testcontainers.
     *
     * @throws Problem when there is none
     */
    public URI find() {
        Optional<Said> said = said();
        List<String> refusals = new ArrayList<>();
        for (String address : candidates(said)) {
            String refusal = refusal(address);
            if (refusal == null) {
                return URI.create(address);
            }
            refusals.add(address + ": " + refusal);
        }
        throw said.map(one -> Problem.ofMachine("No Docker engine answers at " + one.by(), refusals, one.next(), null))
                .orElseGet(() -> nothingAnswers(refusals));
    }

    /**
     * As {@link #find}; but an engine that isn't there yet is expected at the first address.
     *
     * @throws Problem when no engine can be there
     */
    public URI findOrExpect() {
        List<String> candidates = candidates(said());
        Optional<String> listening =
                candidates.stream().filter(address -> refusal(address) == null).findFirst();
        String first = candidates.get(0);
        return listening.isEmpty() && malformed(first) != null ? find() : URI.create(listening.orElse(first));
    }

    private List<String> candidates(Optional<Said> said) {
        return said.map(one -> List.of(one.address())).orElseGet(this::usual);
    }

    private Optional<Said> said() {
        Properties settings = testcontainersSettings(userHome);
        Optional<Said> host = said(
                environment.get("DOCKER_HOST"), "DOCKER_HOST", "correct or unset DOCKER_HOST, or start that engine");
        return host.or(() -> Stream.of("docker.host", "tc.host")
                        .flatMap(name -> said(
                                settings.getProperty(name),
                                name + " of ~/.testcontainers.properties",
                                "correct or remove that line, or start that engine")
                                .stream())
                        .findFirst())
                .or(() -> DockerContext.current(environment, userHome)
                        .flatMap(context -> said(
                                context.host(),
                                "the address of Docker's context '" + context.name() + "'",
                                "start that engine, or choose another with 'docker context use' or DOCKER_CONTEXT")));
    }

    private static Optional<Said> said(@Nullable String address, String by, String next) {
        return address == null || address.isBlank()
                ? Optional.empty()
                : Optional.of(new Said(address.strip(), by, next));
    }

    List<String> usual() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return List.of(WINDOWS_PIPE);
        }
        List<String> sockets = new ArrayList<>(List.of(DEFAULT_SOCKET));
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

    private static @Nullable String refusal(String address) {
        String malformed = malformed(address);
        if (malformed != null) {
            return malformed;
        }
        URI uri = URI.create(address);
        return switch (uri.getScheme()) {
            case "unix" -> refusedSocket(Path.of(uri.getPath()));
            case "npipe" -> null;
            default -> refusedPort(uri);
        };
    }

    private static @Nullable String malformed(String address) {
        try {
            URI uri = URI.create(address);
            String scheme = String.valueOf(uri.getScheme());
            if (!SCHEMES.contains(scheme)) {
                return "addresses with '" + scheme + "://' are not supported; unix:// and tcp:// are";
            }
            boolean whole =
                    scheme.equals("unix") ? uri.getPath() != null : scheme.equals("npipe") || uri.getHost() != null;
            return whole ? null : "not an address";
        } catch (IllegalArgumentException e) {
            return "not an address";
        }
    }

    private static @Nullable String refusedSocket(Path socket) {
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

    private static @Nullable String refusedPort(URI uri) {
        try (Socket socket = new Socket()) {
            int port = uri.getPort() > 0 ? uri.getPort() : 2375;
            socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Problem nothingAnswers(List<String> refusals) {
        return refusals.stream().anyMatch(refusal -> refusal.endsWith("permission denied"))
                ? Problem.ofMachine(
                        "This user may not talk to the Docker engine",
                        refusals,
                        "add the user to the group 'docker' (sudo usermod -aG docker <user>, then log in again)",
                        null)
                : Problem.ofMachine(
                        "No Docker engine answers",
                        refusals,
                        "start Docker, or name its address with 'docker context use' or DOCKER_HOST",
                        null);
    }
}
