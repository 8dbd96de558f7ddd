package io.github.ecsmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ecsmaven.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image in a file, packed or not, of {@code docker save}'s form or an OCI layout. */
final class ImageTar {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String MANIFEST = "manifest.json";

    private static final long LARGEST_JSON = 4L << 20;

    private ImageTar() {}

    /** The digest of the image's configuration. */
    static Digest imageId(Path file) throws IOException {
        Map<String, byte[]> small = smallEntries(file);
        if (small.containsKey(MANIFEST)) {
            String configuration =
                    JSON.readTree(small.get(MANIFEST)).at("/0/Config").asText();
            return Digest.of(entry(small, configuration));
        }
        JsonNode index = JSON.readTree(entry(small, "index.json"));
        JsonNode manifest =
                JSON.readTree(entry(small, blob(index.at("/manifests/0/digest").asText())));
        return Digest.of(entry(small, blob(manifest.at("/config/digest").asText())));
    }

    /** Not the layers: a base of many small ones would not fit into memory. */
    private static Map<String, byte[]> smallEntries(Path file) throws IOException {
        Map<String, byte[]> small = new HashMap<>();
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && entry.getSize() <= LARGEST_JSON) {
                    PushbackInputStream content = new PushbackInputStream(tar);
                    int first = content.read();
                    if (first == '{' || first == '[') {
                        content.unread(first);
                        small.put(entry.getName(), content.readAllBytes());
                    }
                }
            }
        }
        return small;
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return gzip ? new GZIPInputStream(bytes) : bytes;
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
        byte[] bytes = entries.get(name);
        if (bytes == null) {
            throw new IOException("the tar has no entry '" + name + "', so it is no image");
        }
        return bytes;
    }

    private static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }
}
