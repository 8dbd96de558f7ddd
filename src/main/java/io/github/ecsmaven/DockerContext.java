package io.github.ecsmaven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The docker command's context: how people with Colima, OrbStack, Docker Desktop or a rootless engine say where it is.
 *
 * @param name as {@code docker context ls} shows it
 * @param host its engine's address
 */
record DockerContext(String name, String host) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The command's own name for "no context". */
    private static final String NONE = "default";

    /**
     * The one that {@code DOCKER_CONTEXT} names, else the one of {@code docker context use}.
     *
     * @throws Problem when there is no such context
     */
    static Optional<DockerContext> current(Map<String, String> environment, Path userHome) {
        Path folder = Optional.ofNullable(environment.get("DOCKER_CONFIG"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> userHome.resolve(".docker"));
        String said = environment.getOrDefault("DOCKER_CONTEXT", "");
        String name = said.isBlank()
                ? read(folder.resolve("config.json")).path("currentContext").asText("")
                : said.strip();
        return name.isEmpty() || name.equals(NONE) ? Optional.empty() : Optional.of(named(name, folder));
    }

    private static DockerContext named(String name, Path folder) {
        Path file = folder.resolve("contexts/meta").resolve(sha256(name)).resolve("meta.json");
        String host = read(file).path("Endpoints").path("docker").path("Host").asText("");
        if (host.isBlank()) {
            throw Problem.ofMachine(
                    "The Docker context '" + name + "' has no engine",
                    List.of(file + " names none"),
                    "choose a context of 'docker context ls' with 'docker context use' or DOCKER_CONTEXT",
                    null);
        }
        return new DockerContext(name, host.strip());
    }

    /** What can't be read says nothing: the docker command warns of it, and that is enough. */
    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException | JsonProcessingException nothing) {
            return MissingNode.getInstance();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Under which the command stores a context. */
    private static String sha256(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
