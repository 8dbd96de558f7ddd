package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says (OCI image spec, "Image Manifest" and "Image Index"; Docker's schema 2 and manifest list).
 *
 * @param config of an image; null for an index
 * @param layers of an image, in order
 * @param children of an index
 */
record Manifest(
        String mediaType,
        @Nullable String artifactType,
        @Nullable Descriptor config,
        List<Descriptor> layers,
        List<Child> children) {
    private static final String BAD = "Invalid JSON syntax";

    Manifest {
        layers = List.copyOf(layers);
        children = List.copyOf(children);
    }

    /**
     * @param elsewhere true for a layer that is never pushed (Docker's foreign layers: they have {@code urls})
     */
    record Descriptor(String digest, long size, String mediaType, boolean elsewhere) {}

    /** An entry of an index. */
    record Child(String digest, String os, String architecture) {}

    /**
     * @param type the media type that was sent with it, or empty; needed only where the document has none
     * @throws io.github.ecsmaven.sandbox.wire.AwsError when it is no manifest that ECR takes
     */
    static Manifest parse(byte[] bytes, String type) {
        ObjectNode node = Json.parse(bytes);
        if (node == null) {
            throw Refusal.invalid("ImageManifest", BAD);
        }
        String mediaType = node.path("mediaType").asText(type);
        if (mediaType.endsWith("manifest.list.v2+json") || mediaType.endsWith("image.index.v1+json")) {
            return index(node, mediaType);
        }
        if (mediaType.endsWith("manifest.v2+json") || mediaType.endsWith("image.manifest.v1+json")) {
            return image(node, mediaType);
        }
        throw Refusal.invalid("ImageManifest", BAD);
    }

    boolean isIndex() {
        return config == null;
    }

    /** Digests of what has to be there before this manifest: configuration and layers. */
    List<String> blobs() {
        List<String> digests = new ArrayList<>();
        if (config != null) {
            digests.add(config.digest());
        }
        layers.stream()
                .filter(layer -> !layer.elsewhere())
                .map(Descriptor::digest)
                .forEach(digests::add);
        return digests;
    }

    long size() {
        return (config == null ? 0 : config.size())
                + layers.stream().mapToLong(Descriptor::size).sum();
    }

    private static Manifest image(ObjectNode node, String mediaType) {
        List<Descriptor> layers = new ArrayList<>();
        node.path("layers").forEach(layer -> layers.add(descriptor(layer)));
        Descriptor config = descriptor(node.path("config"));
        String artifact = node.path("artifactType").asText(config.mediaType());
        return new Manifest(mediaType, artifact, config, layers, List.of());
    }

    private static Manifest index(ObjectNode node, String mediaType) {
        List<Child> children = new ArrayList<>();
        for (JsonNode entry : node.path("manifests")) {
            JsonNode platform = entry.path("platform");
            children.add(new Child(
                    descriptor(entry).digest(),
                    platform.path("os").asText(""),
                    platform.path("architecture").asText("")));
        }
        return new Manifest(mediaType, null, null, List.of(), children);
    }

    private static Descriptor descriptor(JsonNode node) {
        String digest = node.path("digest").asText("");
        if (!Names.isDigest(digest)) {
            throw Refusal.invalid("ImageManifest", BAD);
        }
        return new Descriptor(
                digest, node.path("size").asLong(), node.path("mediaType").asText(""), node.has("urls"));
    }
}
