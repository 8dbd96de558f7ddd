package io.github.ecsmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A base image for linux/amd64 and linux/arm64 as a manifest list in a registry without login, made of the machine's own
 * base image. That for arm64 has the same files and is not run.
 */
public final class TwoPlatformBase {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String repository;

    private TwoPlatformBase(String host) {
        this.repository = "http://" + host + "/v2/base";
    }

    /** @return {@code ecs.from.image} */
    public static String push(String host, Path cache) throws Exception {
        Jib.from(DockerDaemonImage.named(Requests.BASE))
                .containerize(Containerizer.to(RegistryImage.named(host + "/base:amd64"))
                        .setAllowInsecureRegistries(true)
                        .setBaseImageLayersCache(cache)
                        .setApplicationLayersCache(cache));
        new TwoPlatformBase(host).addList();
        return host + "/base:17";
    }

    /** Lets a tag mean another image of the same repository, which is named by a tag or digest. */
    public static void move(String host, String tag, String image) throws Exception {
        TwoPlatformBase base = new TwoPlatformBase(host);
        base.put(
                tag,
                base.send(base.get("/manifests/" + image).header("Accept", MANIFEST))
                        .body(),
                MANIFEST);
    }

    private void addList() throws Exception {
        String amd64 = send(get("/manifests/amd64").header("Accept", MANIFEST)).body();
        ObjectNode manifest = (ObjectNode) JSON.readTree(amd64);
        JsonNode config = JSON.readTree(
                send(get("/blobs/" + manifest.at("/config/digest").asText())).body());
        String changed = ((ObjectNode) config).put("architecture", "arm64").toString();
        manifest.withObject("/config")
                .put("digest", upload(changed))
                .put("size", changed.getBytes(StandardCharsets.UTF_8).length);
        String arm64 = manifest.toString();
        put(digest(arm64), arm64, MANIFEST);
        ImageIndex list =
                new ImageIndex(ImageIndex.DOCKER, List.of(entry("linux/amd64", amd64), entry("linux/arm64", arm64)));
        put("17", list.text(), ImageIndex.DOCKER);
    }

    private static ImageIndex.Manifest entry(String platform, String manifest) {
        return new ImageIndex.Manifest(platform, new Digest(digest(manifest)), manifest.length());
    }

    private static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).value();
    }

    private String upload(String blob) throws Exception {
        String place = send(request("/blobs/uploads/").POST(BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        URI target = URI.create(place + (place.contains("?") ? "&" : "?") + "digest=" + digest(blob));
        send(HttpRequest.newBuilder(target).PUT(BodyPublishers.ofString(blob)));
        return digest(blob);
    }

    private void put(String reference, String manifest, String type) throws Exception {
        send(request("/manifests/" + reference).header("Content-Type", type).PUT(BodyPublishers.ofString(manifest)));
    }

    private HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(repository + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
