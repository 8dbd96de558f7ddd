package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logins that {@code docker login} has left in Docker's config.json. */
class DockerLoginsTest {
    @TempDir
    Path home;

    private final String before = System.getProperty("user.home");

    @BeforeEach
    void login() throws Exception {
        String auth = Base64.getEncoder().encodeToString("builder:s3cret".getBytes(StandardCharsets.UTF_8));
        Files.createDirectory(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"),
                "{\"auths\": {\"registry.test:5000\": {\"auth\": \"" + auth + "\"}}}");
        System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("user.home", before);
    }

    @Test
    void ofARegistryInConfigJsonIsItsLogin() throws Exception {
        assertThat(first("registry.test:5000")).contains(Credential.from("builder", "s3cret"));
    }

    @Test
    void ofAnotherPortIsEmpty() throws Exception {
        assertThat(first("registry.test:5001")).isEmpty();
    }

    @Test
    void ofTheFolderThatTheEnvironmentNamesIsItsLoginAlone(@TempDir Path folder) throws Exception {
        Files.copy(home.resolve(".docker/config.json"), folder.resolve("config.json"));
        Files.writeString(home.resolve(".docker/config.json"), "{}");

        assertThat(first("registry.test:5000", Map.of("DOCKER_CONFIG", folder.toString())))
                .contains(Credential.from("builder", "s3cret"));
        assertThat(first("registry.test:5000", Map.of("DOCKER_CONFIG", " "))).isEmpty();
    }

    private static Optional<Credential> first(String host) throws Exception {
        return first(host, Map.of());
    }

    private static Optional<Credential> first(String host, Map<String, String> environment) throws Exception {
        List<CredentialRetriever> logins = DockerLogins.of(ImageReference.of(host, "shop/orders", "1"), environment);
        for (CredentialRetriever login : logins) {
            Optional<Credential> found = login.retrieve();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
