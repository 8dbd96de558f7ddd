package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ScriptedRegistry;
import io.github.ecsmaven.ScriptedRegistry.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A base image that is not to be had is told before anything is built. */
class BaseResolverTest {
    @Test
    void anUnknownHostIsToldAtOnce() {
        assertThat(problem("no-such-host.invalid/java:17", Optional.empty()).text())
                .isEqualTo("""
                        The base image 'no-such-host.invalid/java:17' can't be had.
                          UnknownHostException: no-such-host.invalid
                        Next: check the name in ecs.from.image and the network (proxy, firewall) to no-such-host.invalid; or \
                        take an image of the local Docker engine with -Decs.from.image=docker://<name>.""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | UNAUTHORIZED     | HTTP 401, UNAUTHORIZED: no     | log in to 127.0.0.1",
                "404 | MANIFEST_UNKNOWN | HTTP 404, MANIFEST_UNKNOWN: no | check the name in ecs.from.image",
                "503 | UNAVAILABLE      | HTTP 503, UNAVAILABLE: no      | check the name in ecs.from.image",
            })
    void aRegistrysAnswerIsShown(int status, String code, String shown, String next) throws Exception {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"no\"}]}";
        String challenge = status == 401 ? "Www-Authenticate: Basic realm=\"test\"\r\n" : "";
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> new Answer(status, challenge, body))) {
            String text =
                    problem(registry.host() + "/java:17", Optional.empty()).text();
            assertThat(text)
                    .startsWith("The base image '" + registry.host() + "/java:17' can't be had.\n  " + shown)
                    .contains("\nNext: " + next);
        }
    }

    @Test
    void aMissingTarIsNamed() {
        assertThat(problem("tar:///no/such.tar", Optional.empty()).text()).isEqualTo("""
                        The base image 'tar:///no/such.tar' can't be had.
                          The file does not exist.
                        Next: name a file written by docker save or jib:buildTar in ecs.from.image.""");
    }

    @Test
    void anImageThatTheEngineHasNotIsNamed() {
        assertThat(problem("docker://java:17", Optional.of(new EmptyEngine("linux", "amd64")))
                        .text())
                .isEqualTo("""
                        The base image 'docker://java:17' can't be had.
                          The Docker engine has no image 'java:17'.
                        Next: make it with docker pull or docker build, or change ecs.from.image.""");
    }

    @Test
    void withoutAnEngineThereIsNoDockerImage() {
        assertThat(problem("docker://java:17", Optional.empty()).text())
                .contains("needs a Docker engine")
                .contains("ecs.test.skip");
    }

    @Test
    void aNameThatIsNoneIsTold() {
        assertThat(problem("Java 17", Optional.empty()).text())
                .contains("write ecs.from.image as registry/repository:tag");
    }

    @ParameterizedTest(name = "prefix ''{0}''")
    @ValueSource(strings = {"", "registry://"})
    void thePrefixOfARegistryChangesNothing(String prefix) throws Exception {
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
                + "\"config\":{\"digest\":\"sha256:" + "0".repeat(64) + "\"},\"layers\":[]}";
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> {
            asked.add(path);
            return new Answer(200, "", manifest);
        })) {
            String name = prefix + registry.host() + "/shop/java:17";

            BaseResolver.Base base = new BaseResolver(Requests.QUIET, DockerLogins::of)
                    .resolve(name, List.of(new Platform("amd64", "linux")), Optional.empty());

            assertThat(base.image())
                    .isEqualTo(new BuiltImage.BaseImage(name, Digest.of(manifest.getBytes(StandardCharsets.UTF_8))));
            assertThat(asked).contains("/v2/shop/java/manifests/17");
        }
    }

    @Test
    void thePrefixOfARegistryIsNoPartOfItsHost() {
        assertThat(problem("registry://no-such-host.invalid/java:17", Optional.empty())
                        .what())
                .isEqualTo("The base image 'no-such-host.invalid/java:17' can't be had.");
    }

    @Test
    void anImageOfOnePlatformIsAskedForIt() throws Exception {
        String configuration = "{\"os\":\"linux\",\"architecture\":\"s390x\"}";
        String digest =
                Digest.of(configuration.getBytes(StandardCharsets.UTF_8)).value();
        String type = "application/vnd.docker.distribution.manifest.v2+json";
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + type + "\",\"config\":{\"digest\":\"" + digest
                + "\"},\"layers\":[]}";
        try (ScriptedRegistry registry = new ScriptedRegistry(
                (method, path) -> new Answer(200, "", path.contains("/blobs/" + digest) ? configuration : manifest))) {
            List<Platform> both = OptionValues.platforms(List.of("linux/amd64", "linux/arm64"));
            Problem problem =
                    catchThrowableOfType(Problem.class, () -> new BaseResolver(Requests.QUIET, DockerLogins::of)
                            .resolve(registry.host() + "/java:17", both, Optional.empty()));
            assertThat(problem.what())
                    .isEqualTo("The base image '" + registry.host()
                            + "/java:17' is of one platform, linux/s390x, and ecs.from.platforms names linux/amd64 and"
                            + " linux/arm64.");
        }
    }

    @Test
    void onlyABaseOnThisMachineHasAnIdThere() {
        assertThat(BaseResolver.onThisMachine("scratch", Optional.empty())).isEmpty();
        assertThat(BaseResolver.onThisMachine("no-such-host.invalid/java:17", Optional.empty()))
                .isEmpty();
    }

    private static Problem problem(String base, Optional<Engine> engine) {
        return catchThrowableOfType(Problem.class, () -> new BaseResolver(Requests.QUIET, DockerLogins::of)
                .resolve(base, List.of(new Platform("amd64", "linux")), engine));
    }
}
