package io.github.ecsmaven.ecr;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ecsmaven.ImageIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Debian's docker-registry, the reference registry, on loopback over HTTP, with one user or for everybody. */
public final class RegistryProcess implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/docker-registry"),
            // Where src/engine/test-registry.sh unpacks it.
            Path.of("target/docker-registry/usr/bin/docker-registry"));

    public static final String USER = "builder";
    public static final String PASSWORD = "s3cret-of-the-test";
    /** {@link #PASSWORD} in bcrypt, the only form that the registry takes. */
    private static final String HASH = "$2b$04$f55Ol9jvGC.fZYA9mOvqEOr4nA6MUW.nvxCJbmyhIU0A11CCRKTbW";

    private final Process process;
    private final String host;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Skips the tests where no registry can be had. */
    public static void assumeThere() {
        assumeTrue(binary().isPresent(), "no docker-registry in " + PLACES + " (apt-get install docker-registry)");
    }

    private static Optional<Path> binary() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    public RegistryProcess(Path folder) throws Exception {
        this(folder, "auth: {htpasswd: {realm: test, path: %s}}".formatted(folder.resolve("htpasswd")));
    }

    /** For everybody, without a login. */
    public static RegistryProcess open(Path folder) throws Exception {
        return new RegistryProcess(folder, "");
    }

    private RegistryProcess(Path folder, String auth) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        host = "127.0.0.1:" + port;
        Path config =
                Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: %s}
                %s
                """.formatted(folder.resolve("data"), host, auth));
        process = new ProcessBuilder(binary().orElseThrow().toAbsolutePath().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                get("/v2/");
                return;
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
        throw new IllegalStateException("docker-registry does not answer at " + host);
    }

    public String host() {
        return host;
    }

    /** The digest of what a tag or digest names, or empty text. */
    String digest(String repository, String reference) throws IOException {
        return manifest(repository, reference)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElse("");
    }

    /** What a tag or digest names, image or index. */
    public HttpResponse<String> manifest(String repository, String reference) throws IOException {
        return get("/v2/" + repository + "/manifests/" + reference);
    }

    HttpResponse<String> blob(String repository, String digest) throws IOException {
        return get("/v2/" + repository + "/blobs/" + digest);
    }

    private HttpResponse<String> get(String path) throws IOException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .header("Accept", ImageIndex.DOCKER)
                .header("Accept", ImageIndex.OCI)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A Docker configuration with its login; DOCKER_CONFIG is the folder. */
    public Path login(Path folder) throws IOException {
        String auth = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                Files.createDirectories(folder).resolve("config.json"),
                "{\"auths\":{\"" + host + "\":{\"auth\":\"" + auth + "\"}}}");
        return folder;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
