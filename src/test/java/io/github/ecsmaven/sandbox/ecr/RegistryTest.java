package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.sandbox.ecr.StoredImages.Platform;
import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Caller;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry over HTTP, beside what Jib and Docker already make of it. */
class RegistryTest {
    private static final Caller CALLER = new Caller("123456789012", "us-east-1");
    private static final String ABC = Blobs.digest("abc".getBytes(StandardCharsets.UTF_8));
    private static final String EMPTY = Blobs.digest("{}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path home;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;
    private Ecr ecr;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ecr = new Ecr(home, port(), CALLER, "secret", clock);
        server.createContext("/", exchange -> {
            try (exchange) {
                ecr.registry().handle(exchange);
            }
        });
        server.start();
        ask("CreateRepository", "orders", "");
        ask("CreateRepository", "bills", "");
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void uploadInPartsGoesOnWhereItWasAndRefusesGaps() throws Exception {
        String place = begin("orders", "");
        assertThat(send("PATCH", place, "ab", "Content-Range", "0-1").statusCode())
                .isEqualTo(202);
        assertThat(send("PATCH", place, "c", "Content-Range", "3-3").statusCode())
                .isEqualTo(416);
        assertThat(send("GET", place, "").headers().firstValue("Range")).hasValue("0-1");

        HttpResponse<String> complete = send("PUT", place + "?digest=" + ABC, "c", "Content-Range", "2-2");

        assertThat(complete.statusCode()).isEqualTo(201);
        assertThat(complete.headers().firstValue("Docker-Content-Digest")).hasValue(ABC);
        assertThat(send("GET", "/v2/orders/blobs/" + ABC, "").body()).isEqualTo("abc");
    }

    @Test
    void readOfARangeGivesThatPart() throws Exception {
        upload("orders", "abc");
        HttpResponse<String> part = send("GET", "/v2/orders/blobs/" + ABC, "", "Range", "bytes=1-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("bc");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1-2/3");
        assertThat(send("GET", "/v2/orders/blobs/" + ABC, "", "Range", "bytes=3-")
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void beginWhenAnotherRepositoryHasTheBlobMountsIt() throws Exception {
        upload("orders", "abc");
        assertThat(send("HEAD", "/v2/bills/blobs/" + ABC, "").statusCode()).isEqualTo(404);
        String mount = "/v2/bills/blobs/uploads/?mount=" + ABC + "&from=";
        assertThat(send("POST", mount + "nowhere", "").statusCode()).isEqualTo(202);
        assertThat(send("POST", mount + "orders", "").statusCode()).isEqualTo(201);
        assertThat(send("HEAD", "/v2/bills/blobs/" + ABC, "").statusCode()).isEqualTo(200);
    }

    @Test
    void resolveOfAnImageAsksForNoPlatform() throws Exception {
        String digest = pushImage("orders", "1.0", "{\"architecture\":\"arm64\"}");
        StoredImages.StoredImage found = ecr.images()
                .resolve("127.0.0.1:" + port() + "/orders:1.0", () -> {
                    throw new AssertionError("the engine is asked for its platform");
                })
                .orElseThrow();
        assertThat(found.digest()).isEqualTo(digest);
    }

    @Test
    void resolveOfAnIndexTakesTheImageOfThePlatform() throws Exception {
        String arm = pushImage("orders", "arm", "{\"architecture\":\"arm64\"}");
        String amd = pushImage("orders", "amd", "{\"architecture\":\"amd64\"}");
        String entry = "{\"digest\":\"%s\",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}";
        String index = "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                + entry.formatted(arm, "arm64") + "," + entry.formatted(amd, "amd64") + "]}";
        assertThat(send("PUT", "/v2/orders/manifests/1.0", index).statusCode()).isEqualTo(201);

        String name = "127.0.0.1:" + port() + "/orders:1.0";
        String digest = Blobs.digest(index.getBytes(StandardCharsets.UTF_8));
        StoredImages.StoredImage found =
                ecr.images().resolve(name, () -> new Platform("linux", "amd64")).orElseThrow();

        assertThat(ecr.images().digest(name)).contains(digest);
        assertThat(found.digest()).isEqualTo(digest);
        assertThat(found.configFile()).hasContent("{\"architecture\":\"amd64\"}");
        AwsError refused = catchThrowableOfType(
                AwsError.class, () -> ecr.images().resolve(name, () -> new Platform("linux", "s390x")));
        assertThat(refused.code()).isEqualTo(StoredImages.NO_PLATFORM);
        assertThat(refused.text())
                .isEqualTo("image Manifest does not contain descriptor matching platform 'linux/s390x'");
    }

    @Test
    void deleteFreesWhatNoImageUsesOnceNoPushCanRelyOnIt() throws Exception {
        String both = "{\"shared\":true}";
        pushImage("orders", "1.0", both);
        pushImage("orders", "2.0", "{}");
        pushImage("bills", "1.0", both);
        assertThat(stored()).hasSize(4);

        ask("DeleteRepository", "orders", ",\"force\":true");
        assertThat(stored()).hasSize(4);
        clock.moveOn(Blobs.CLAIM.plusSeconds(1));
        ask("CreateRepository", "orders", "");
        ask("DeleteRepository", "orders", "");

        assertThat(stored()).hasSize(2);
        assertThat(send("GET", "/v2/bills/manifests/1.0", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEAD /v2/orders/blobs/%s",
                "POST /v2/orders/blobs/uploads/?mount=%s&from=orders",
                "BatchCheckLayerAvailability %s"
            })
    void deleteLeavesWhatAPushHasAskedForWithinTheHour(String question) throws Exception {
        upload("orders", "{}");
        clock.moveOn(Blobs.CLAIM.plusSeconds(1));
        String[] words = question.formatted(EMPTY).split(" ");
        if (words[1].startsWith("/")) {
            send(words[0], words[1], "");
        } else {
            ask(words[0], "orders", ",\"layerDigests\":[\"" + words[1] + "\"]");
        }
        clock.moveOn(Blobs.CLAIM);

        ask("DeleteRepository", "bills", "");

        assertThat(send("PUT", "/v2/orders/manifests/1.0", manifest(EMPTY)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void beginDiscardsUploadsThatWereAbandoned() throws Exception {
        String abandoned = begin("orders", "ab");
        clock.moveOn(Blobs.CLAIM.plusSeconds(1));
        begin("orders", "");
        assertThat(send("GET", abandoned, "").statusCode()).isEqualTo(404);
    }

    @Test
    void startAfterAKilledUploadFindsNoPartOfIt() throws Exception {
        begin("orders", "ab");
        assertThat(files("uploads")).hasSize(1);
        new Ecr(home, port(), CALLER, "secret", clock);
        assertThat(files("uploads")).isEmpty();
        assertThat(stored()).isEmpty();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void ask(String action, String repository, String more) {
        byte[] request = ("{\"repositoryName\":\"" + repository + "\"" + more + "}").getBytes(StandardCharsets.UTF_8);
        ecr.api().handle(action, Objects.requireNonNull(Json.parse(request)), CALLER);
    }

    private String begin(String repository, String bytes) throws Exception {
        HttpResponse<String> begun = send("POST", "/v2/" + repository + "/blobs/uploads/", "");
        String place =
                URI.create(begun.headers().firstValue("Location").orElseThrow()).getPath();
        if (!bytes.isEmpty()) {
            send("PATCH", place, bytes);
        }
        return place;
    }

    private String upload(String repository, String bytes) throws Exception {
        String digest = Blobs.digest(bytes.getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> answer = send("PUT", begin(repository, "") + "?digest=" + digest, bytes);
        assertThat(answer.statusCode()).isEqualTo(201);
        return digest;
    }

    /** An image without layers; its digest. */
    private String pushImage(String repository, String tag, String config) throws Exception {
        String manifest = manifest(upload(repository, config));
        HttpResponse<String> answer = send("PUT", "/v2/" + repository + "/manifests/" + tag, manifest);
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private static String manifest(String config) {
        return "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\"" + config
                + "\"},\"layers\":[]}";
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        String token = ecr.api()
                .handle("GetAuthorizationToken", Json.object(), CALLER)
                .path("authorizationData")
                .path(0)
                .path("authorizationToken")
                .asText();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private List<Path> stored() throws IOException {
        return files("blobs/sha256");
    }

    private List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(directory))) {
            return files.toList();
        }
    }
}
