package io.github.ecsmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ecsmaven.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What stands in an image's tar, of {@code docker save}'s form or an OCI layout.
 *
 * @param config name of the configuration's entry
 * @param imageId digest of the configuration
 * @param configSize its bytes
 * @param layers names of the layers' entries, in order
 * @param layerSizes compressed bytes, in order
 * @param diffIds of the layers, in order
 */
record TarContents(
        String config,
        Digest imageId,
        long configSize,
        List<String> layers,
        List<Long> layerSizes,
        List<String> diffIds) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BLOCK = 512;

    static TarContents of(TarFilter tar) throws IOException {
        Map<String, byte[]> json = tar.json();
        String config;
        List<String> layers = new ArrayList<>();
        if (json.containsKey("manifest.json")) {
            JsonNode entry = JSON.readTree(json.get("manifest.json")).path(0);
            config = entry.path("Config").asText();
            entry.path("Layers").forEach(layer -> layers.add(layer.asText()));
        } else {
            String digest = JSON.readTree(entry(json, "index.json"))
                    .at("/manifests/0/digest")
                    .asText();
            JsonNode manifest = JSON.readTree(entry(json, blob(digest)));
            config = blob(manifest.at("/config/digest").asText());
            manifest.path("layers")
                    .forEach(layer -> layers.add(blob(layer.path("digest").asText())));
        }
        byte[] bytes = entry(json, config);
        List<String> diffIds = new ArrayList<>();
        JSON.readTree(bytes).at("/rootfs/diff_ids").forEach(diffId -> diffIds.add(diffId.asText()));
        List<Long> sizes = layers.stream()
                .map(layer -> tar.sizes().getOrDefault(layer, 0L))
                .toList();
        return new TarContents(
                config, Digest.of(bytes), bytes.length, List.copyOf(layers), sizes, List.copyOf(diffIds));
    }

    private static byte[] entry(Map<String, byte[]> json, String name) throws IOException {
        byte[] bytes = json.get(name);
        if (bytes == null) {
            throw new IOException("the tar has no entry '" + name + "', so it is no image");
        }
        return bytes;
    }

    private static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    long size() {
        return layerSizes.stream().mapToLong(Long::longValue).sum();
    }

    /** How many first layers the other image has too. */
    int sharedWith(List<String> others) {
        int shared = 0;
        while (shared < Math.min(diffIds.size(), others.size())
                && diffIds.get(shared).equals(others.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** The 64 digits of a layer's digest, as Jib names its entries and its cache's folders. */
    static String hash(String layer) {
        return layer.replaceFirst("^blobs/sha256/", "").replaceFirst("\\.tar\\.gz$", "");
    }

    /** True for entries that say what the tar holds; {@link #writeEnd} writes one that every engine understands. */
    boolean isIndex(String entry) {
        return entry.equals("manifest.json") || entry.equals("index.json") || entry.equals("oci-layout");
    }

    /** Writes the index of {@code docker save}'s form with one name, and the end of the archive. */
    void writeEnd(OutputStream out, String reference) throws IOException {
        byte[] index = JSON.writeValueAsBytes(
                List.of(Map.of("Config", config, "RepoTags", List.of(reference), "Layers", layers)));
        out.write(header("manifest.json", index.length));
        out.write(index);
        out.write(new byte[(BLOCK - index.length % BLOCK) % BLOCK]);
        out.write(new byte[2 * BLOCK]);
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", size) + "00000000000\0" + "        " + "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
