package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registry's manifests and lists of tags (OCI distribution spec, "Pulling manifests", "Pushing Manifests"). */
final class ManifestRoutes {
    private static final int LARGEST = 4 << 20;

    private final Repositories repositories;
    private final Blobs blobs;
    private final StoreImage store;

    ManifestRoutes(Repositories repositories, Blobs blobs, StoreImage store) {
        this.repositories = repositories;
        this.blobs = blobs;
        this.store = store;
    }

    void handle(Call call, String repository, String reference) throws IOException {
        boolean byDigest = reference.contains(":");
        if (byDigest ? !Names.isDigest(reference) : !Names.isTag(reference)) {
            throw new RegistryError(
                    "TAG_INVALID", 400, "The reference '" + reference + "' is neither a tag nor a digest");
        }
        String digest = byDigest ? reference : null;
        String tag = byDigest ? null : reference;
        if (call.isRead()) {
            read(call, repository, digest, tag);
        } else if (call.method().equals("PUT")) {
            put(call, repository, digest, tag);
        } else {
            throw unsupported();
        }
    }

    void tags(Call call, String name) throws IOException {
        if (!call.isRead()) {
            throw unsupported();
        }
        List<String> all =
                repositories.get(name).tags().keySet().stream().sorted().toList();
        ObjectNode answer = Json.object().put("name", name);
        page(call, "/v2/" + name + "/tags/list", all, answer.putArray("tags"));
        call.answer(200, "application/json", Json.bytes(answer));
    }

    void catalog(Call call) throws IOException {
        ObjectNode answer = Json.object();
        List<String> all = repositories.all().stream().map(Repository::name).toList();
        page(call, "/v2/_catalog", all, answer.putArray("repositories"));
        call.answer(200, "application/json", Json.bytes(answer));
    }

    private void read(Call call, String name, @Nullable String digest, @Nullable String tag) throws IOException {
        Image image = repositories.image(repositories.get(name), digest, tag);
        call.put("Docker-Content-Digest", image.digest());
        call.answer(200, image.mediaType(), blobs.bytes(image.digest()));
    }

    private void put(Call call, String name, @Nullable String digest, @Nullable String tag) throws IOException {
        byte[] manifest = call.body().readNBytes(LARGEST + 1);
        if (manifest.length > LARGEST) {
            throw new RegistryError("MANIFEST_INVALID", 413, "The manifest has more than " + LARGEST + " bytes");
        }
        String type = call.header("Content-Type");
        Image image = store.run(name, manifest, type == null ? "" : type, digest, tag, true);
        call.put("Location", call.address("/v2/" + name + "/manifests/" + image.digest()))
                .put("Docker-Content-Digest", image.digest())
                .answer(201);
    }

    private static void page(Call call, String path, List<String> sorted, ArrayNode into) {
        int size = size(call.query("n"));
        String last = call.query("last");
        List<String> rest = sorted.stream()
                .filter(name -> last == null || name.compareTo(last) > 0)
                .limit(size + 1L)
                .toList();
        rest.stream().limit(size).forEach(into::add);
        if (rest.size() > size && size > 0) {
            String from = URLEncoder.encode(rest.get(size - 1), StandardCharsets.UTF_8);
            call.put("Link", "<" + call.address(path + "?n=" + size + "&last=" + from) + ">; rel=\"next\"");
        }
    }

    private static int size(@Nullable String asked) {
        if (asked == null) {
            return 100;
        }
        if (!asked.matches("\\d{1,4}") || Integer.parseInt(asked) > 1000) {
            throw new RegistryError(
                    "UNSUPPORTED",
                    405,
                    "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'");
        }
        return Integer.parseInt(asked);
    }

    private static RegistryError unsupported() {
        return new RegistryError("UNSUPPORTED", 405, "The operation is unsupported.");
    }
}
