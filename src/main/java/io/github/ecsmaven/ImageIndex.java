package io.github.ecsmaven;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An image of several platforms: the list of their manifests, which a registry gives under one digest (OCI image spec,
 * "Image Index"; Docker's "Manifest List"). It is written here, as Jib writes none of OCI's form; its bytes are the same for
 * equal parts, also in later versions of the plugin, as the digest that was tested is compared with the one that is pushed.
 *
 * @param mediaType {@link #DOCKER} or {@link #OCI}
 * @param manifests one for each platform, in the order of {@code ecs.from.platforms}
 */
public record ImageIndex(String mediaType, List<Manifest> manifests) {
    public static final String DOCKER = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String OCI = "application/vnd.oci.image.index.v1+json";

    public ImageIndex {
        manifests = List.copyOf(manifests);
    }

    /**
     * The manifest of one platform's image.
     *
     * @param platform {@code os/architecture}, or {@code os/architecture/variant}
     * @param digest of the manifest
     * @param size of the manifest in bytes
     */
    public record Manifest(String platform, Digest digest, long size) {
        private ObjectNode entry(String mediaType) {
            String[] parts = platform.split("/");
            ObjectNode entry = JsonNodeFactory.instance
                    .objectNode()
                    .put("mediaType", mediaType)
                    .put("digest", digest.value())
                    .put("size", size);
            ObjectNode node = entry.putObject("platform").put("architecture", parts[1]);
            node.put("os", parts[0]);
            if (parts.length > 2) {
                node.put("variant", parts[2]);
            }
            return entry;
        }
    }

    /** The document, in UTF-8. */
    public String text() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("schemaVersion", 2).put("mediaType", mediaType);
        ArrayNode entries = document.putArray("manifests");
        manifests.forEach(manifest -> entries.add(manifest.entry(ofManifests())));
        return document.toString();
    }

    private String ofManifests() {
        return mediaType.equals(OCI)
                ? "application/vnd.oci.image.manifest.v1+json"
                : "application/vnd.docker.distribution.manifest.v2+json";
    }

    /** Of the document's bytes: under it a registry has the image. */
    public Digest digest() {
        return Digest.of(text().getBytes(StandardCharsets.UTF_8));
    }

    /** As a person reads them: {@code linux/amd64 and linux/arm64}. */
    public static String inWords(List<String> platforms) {
        int last = platforms.size() - 1;
        return last < 1
                ? String.join("", platforms)
                : String.join(", ", platforms.subList(0, last)) + " and " + platforms.get(last);
    }
}
