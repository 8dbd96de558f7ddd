package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.ScriptedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jib throws when a registry or the network says no, and what the user reads. */
class PushFaultsTest {
    @TempDir
    Path folder;

    private final List<Duration> slept = new ArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private Pushes pushes;
    private JibContainerBuilder image;
    private Digest digest;

    @BeforeEach
    void build() throws Exception {
        pushes = new Pushes(folder);
        image = pushes.image("hello");
        digest = pushes.digest(image);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429 | TOOMANYREQUESTS | Rate exceeded | 5 | asks to call less often",
                "500 | UNKNOWN         | oops          | 5 | has a fault",
                "503 | UNAVAILABLE     | later         | 5 | has a fault",
                "403 | DENIED | Your authorization token has expired. Reauthenticate and try again. | 5 | doesn't accept the login's token",
                "400 | DENIED | Your Authorization Token is invalid. | 5 | doesn't accept the login's token",
                "416 | BLOB_UPLOAD_INVALID | First byte of the layer part is 0 instead of 5 | 5 | the connection was cut",
                "403 | DENIED | User: x is not authorized to perform: ecr:InitiateLayerUpload on resource: y | 1 | add ecr:InitiateLayerUpload",
                "403 | DENIED | requested access to the resource is denied | 1 | log in to 127.0.0.1",
                "404 | NAME_UNKNOWN | The repository with name 'shop' does not exist | 1 | the repository does not exist",
                "400 | TAG_INVALID | The image tag '1' already exists in the 'shop' repository and cannot be overwritten because the tag is immutable. | 1 | ecs.tags",
                "405 | UNSUPPORTED | Invalid parameter at 'ImageManifest' | 1 | ecs.container.format",
                "401 | UNAUTHORIZED | authentication required | 1 | -DsendCredentialsOverHttp",
            })
    void pushWhenRefusedIsTriedAgainOnlyWhenItMayPass(int status, String code, String words, int tries, String said)
            throws Exception {
        AtomicInteger posts = new AtomicInteger();
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> {
            if (!method.equals("POST")) {
                return answer(method.equals("HEAD") ? 404 : 200, "");
            }
            posts.incrementAndGet();
            String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}";
            return answer(status, body);
        })) {
            Problem problem = refused(registry.host());
            assertThat(problem.text()).contains(said).contains(status == 401 ? "plain HTTP" : code + ": " + words);
            assertThat(slept).hasSize(tries - 1);
            assertThat(logins).as("each try asks for a new login").hasValue(tries);
            // Layer and configuration are sent side by side, so that each try makes one or two requests.
            assertThat(posts.get()).isBetween(tries, 2 * tries);
        }
    }

    /** Jib says of each of these that the registry may not take the format, and leaves the registry's words away. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | TAG_INVALID | The image tag '1' already exists in the 'shop' repository and cannot be overwritten because the repository is immutable. | a tag is there already and is immutable",
                "400 | MANIFEST_INVALID | The image with digest 'sha256:a9d7' in repository 'shop' and registry ID '123456789012' does not match the image digest that Amazon ECR has calculated. | another digest than the one that was sent",
                "405 | UNSUPPORTED | Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax' | does not take this format of the manifest",
                "415 | MANIFEST_INVALID | manifest invalid | the registry refused the image",
            })
    void pushWhenTheManifestIsRefusedShowsTheRegistrysWords(int status, String code, String words, String said)
            throws Exception {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}";
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) ->
                method.equals("PUT") && path.contains("/manifests/") ? answer(status, body) : answer(200, ""))) {
            Problem problem = refused(registry.host());
            assertThat(problem.what()).contains(said);
            assertThat(problem.evidence()).containsExactly("HTTP " + status + ", " + code + ": " + words);
            assertThat(slept).isEmpty();
        }
    }

    @Test
    void pushWhenAPermissionIsMissingHoldsTheStatementToAdd() throws Exception {
        String body = "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"User: u is not authorized to perform:"
                + " ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-west-1:123456789012:repository/shop because no"
                + " identity-based policy allows the ecr:InitiateLayerUpload action\"}]}";
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) ->
                method.equals("POST") ? answer(403, body) : answer(method.equals("HEAD") ? 404 : 200, ""))) {
            assertThat(refused(registry.host()).evidence())
                    .last()
                    .isEqualTo("Statement: {\"Effect\": \"Allow\", \"Action\": [\"ecr:BatchCheckLayerAvailability\","
                            + " \"ecr:InitiateLayerUpload\", \"ecr:UploadLayerPart\", \"ecr:CompleteLayerUpload\","
                            + " \"ecr:PutImage\", \"ecr:BatchGetImage\"], \"Resource\":"
                            + " \"arn:aws:ecr:eu-west-1:123456789012:repository/shop\"}");
        }
    }

    @Test
    void pushWhenTheTokenExpiresMidwayTakesANewOne() throws Exception {
        AtomicInteger uploads = new AtomicInteger();
        String expired = "{\"errors\":[{\"code\":\"DENIED\",\"message\":"
                + "\"Your authorization token has expired. Reauthenticate and try again.\"}]}";
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> switch (method) {
            case "PUT" -> uploads.incrementAndGet() == 1 ? answer(403, expired) : answer(201, "");
            default -> answer(200, "");
        })) {
            assertThat(push(registry.host()).digest()).isEqualTo(digest);
            assertThat(logins.get())
                    .as("the first login, and the one after it had expired")
                    .isGreaterThan(1);
            assertThat(pushes.told).singleElement().asString().contains("authorization token has expired");
        }
    }

    @Test
    void pushWhenTheRegistryRecoversSucceeds() throws Exception {
        AtomicInteger left = new AtomicInteger(3);
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> {
            if (left.getAndDecrement() > 0) {
                return answer(503, "");
            }
            return method.equals("PUT") ? answer(201, "") : answer(200, "");
        })) {
            PushedImage pushed = push(registry.host());
            assertThat(pushed.layersSent()).isZero();
            assertThat(pushes.told).isNotEmpty().allSatisfy(text -> assertThat(text)
                    .contains("HTTP 503"));
            assertThat(slept.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        }
    }

    /**
     * No upload's bytes are answered before those of both layers and of the configuration have come: one after the other would
     * wait in vain.
     */
    @Test
    void pushSendsLayersSideBySide() throws Exception {
        Path more = Files.writeString(folder.resolve("more.txt"), "more");
        image.addLayer(List.of(more), AbsoluteUnixPath.get("/more"));
        digest = pushes.digest(image);
        AtomicInteger uploads = new AtomicInteger();
        Set<String> underWay = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        AtomicInteger alone = new AtomicInteger();
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> switch (method) {
            case "HEAD" -> answer(all.getCount() > 0 ? 404 : 200, "");
            case "POST" -> upload(202, "/v2/shop/blobs/uploads/" + uploads.incrementAndGet());
            case "PATCH" -> {
                if (underWay.add(path)) {
                    all.countDown();
                }
                if (!isOver(all)) {
                    alone.incrementAndGet();
                }
                // ECR answers 201, where the specification has 202.
                yield upload(201, path);
            }
            case "PUT" -> answer(201, "");
            default -> answer(200, "");
        })) {
            assertThat(push(registry.host()).layersSent()).isEqualTo(2);
        }
        assertThat(underWay).hasSize(3);
        assertThat(alone).as("uploads that had waited for the others in vain").hasValue(0);
    }

    @Test
    void pushWhenAProxyDropsTheAddressOfTheUploadSaysSo() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry(
                (method, path) -> answer(method.equals("POST") ? 202 : method.equals("HEAD") ? 404 : 200, ""))) {
            Problem problem = refused(registry.host());
            assertThat(problem.what()).endsWith("the registry does not say where an upload goes.");
            assertThat(problem.text())
                    .contains("Location", "Next: let the proxy on the way pass the header Location on");
        }
    }

    @Test
    void pushWhenTheCredentialHelperFailsSaysWhereItIsNamed() throws Exception {
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> answer(404, ""))) {
            Problem problem = catchThrowableOfType(
                    Problem.class,
                    () -> push(registry.host(), () -> {
                        throw new CredentialRetrievalException(
                                new IOException("docker-credential-vault: exit status 1"));
                    }));
            assertThat(problem.what()).endsWith("the login could not be read.");
            assertThat(problem.text())
                    .contains("docker-credential-vault: exit status 1")
                    .contains("check credHelpers and credsStore in ~/.docker/config.json");
            assertThat(slept).isEmpty();
        }
    }

    @Test
    void pushWhenNothingListensSaysSo() throws Exception {
        String host;
        try (ScriptedRegistry registry = new ScriptedRegistry((method, path) -> answer(200, ""))) {
            host = registry.host();
        }
        Problem problem = refused(host);
        assertThat(problem.text())
                .startsWith("The push to " + host + "/shop failed: nothing answers at " + host + ".\n")
                .contains("Connection refused")
                .contains("Next: correct host and port in ecs.to.image");
        assertThat(slept).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "java.net.UnknownHostException, nowhere.example, UNKNOWN_HOST, false",
        "java.net.ConnectException, Connection refused, NOT_LISTENING, false",
        "java.net.SocketTimeoutException, Read timed out, SILENT, false",
        "java.net.SocketException, Broken pipe (Write failed), BROKEN, true",
        "java.net.SocketException, Connection reset, BROKEN, true",
        "java.io.IOException, No space left on device, OTHER, false",
    })
    void networkErrors(String type, String message, RegistryFailure.Kind kind, boolean passing) throws Exception {
        Exception error =
                (Exception) Class.forName(type).getConstructor(String.class).newInstance(message);
        RegistryFailure failure = RegistryFailure.of(new IllegalStateException("wrapped", error));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.kind().isPassing()).isEqualTo(passing);
        assertThat(failure.answer()).isEqualTo(error.getClass().getSimpleName() + ": " + message);
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ScriptedRegistry.Answer upload(int status, String location) {
        return new ScriptedRegistry.Answer(status, "Location: " + location + "\r\n", "");
    }

    private static ScriptedRegistry.Answer answer(int status, String body) {
        return new ScriptedRegistry.Answer(status, "", body);
    }

    private Problem refused(String host) {
        return catchThrowableOfType(Problem.class, () -> push(host));
    }

    private PushedImage push(String host) {
        return push(host, () -> {
            logins.incrementAndGet();
            return Optional.empty();
        });
    }

    private PushedImage push(String host, CredentialRetriever login) {
        PushImage push = new PushImage(
                () -> {
                    throw new AssertionError("no call of ECR's API with a full name");
                },
                pushes,
                Clock.systemUTC(),
                slept::add,
                any -> List.of(login));
        return push.run(pushes.named(image, digest, host + "/shop", "1"));
    }
}
