package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecr.TokenRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base image in a registry that gives callers without a login less, as Public ECR does. */
class BusyBaseTest {
    @TempDir
    Path folder;

    private TokenRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new TokenRegistry("secret"::equals);
        String configuration = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"history\":[],"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        String digest =
                Digest.of(configuration.getBytes(StandardCharsets.UTF_8)).value();
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
                + "\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\",\"size\":"
                + configuration.length() + ",\"digest\":\"" + digest + "\"},\"layers\":[]}";
        registry.put(digest, configuration);
        registry.put("17", manifest);
        registry.put(Digest.of(manifest.getBytes(StandardCharsets.UTF_8)).value(), manifest);
        System.setProperty("sendCredentialsOverHttp", "true");
    }

    @AfterEach
    void close() throws IOException {
        System.clearProperty("sendCredentialsOverHttp");
        registry.close();
    }

    @Test
    void runWhenTheRegistryHasTimeLooksForNoOtherLogin() throws Exception {
        assertThat(build(new Tiered(Optional.of(Credential.from("AWS", "secret"))))
                        .base()
                        .name())
                .isEqualTo(base());
        assertThat(registry.tokens).isNotEmpty().containsOnly("nobody");
    }

    @Test
    void runWhenTheRegistryIsBusyLogsIn() throws Exception {
        registry.busy = true;
        assertThat(build(new Tiered(Optional.of(Credential.from("AWS", "secret"))))
                        .base()
                        .name())
                .isEqualTo(base());
        assertThat(registry.tokens).startsWith("nobody").endsWith("AWS");
    }

    @Test
    void runWhenTheRegistryIsBusyAndThereIsNoLoginSaysSo() {
        registry.busy = true;
        Problem problem = catchThrowableOfType(Problem.class, () -> build(new Tiered(Optional.empty())));
        assertThat(problem.text())
                .startsWith(
                        "The base image '" + base() + "' can't be had.\n  HTTP 429, TOOMANYREQUESTS: Rate exceeded\n")
                .contains("docker login", "AWS credentials");
    }

    private String base() {
        return registry.host() + "/docker/java:17";
    }

    private BuiltImage build(Logins logins) throws IOException {
        ImageRequest request = Requests.onBase(folder, "busy", base(), "Docker", "linux/amd64");
        return new BuildImage(Requests.QUIET, Clock.systemUTC(), logins).run(request, Optional.empty());
    }

    /** @param dear the login that is looked for late */
    private record Tiered(Optional<Credential> dear) implements Logins {
        @Override
        public List<CredentialRetriever> of(ImageReference image) {
            return List.of();
        }

        @Override
        public Optional<Logins> whenBusy(String host) {
            return Optional.of(image -> List.of(() -> dear));
        }
    }
}
