package io.github.ecsmaven.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.LocalEngine;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.ecr.StoredImages.Layer;
import io.github.ecsmaven.sandbox.ecr.StoredImages.StoredImage;
import io.github.ecsmaven.sandbox.engine.RunnableImages.RunnableImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnableImagesIT {
    private static final String NAME = "registry.test/tiny:1";

    private final DockerEngine engine = new DockerEngine(LocalEngine.address());

    @TempDir
    Path blobs;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void findWhenImageWasPushedLoadsItOnce() throws Exception {
        StoredImage image = image();
        RunnableImages images = new RunnableImages(new Stored(Optional.of(image)), engine, "it");
        RunnableImage first = images.find(NAME).orElseThrow();
        assertThat(first.digest()).isEqualTo(image.digest());
        assertThat(engine.image(first.reference())).isPresent();

        Files.delete(image.layers().get(0).file());
        assertThat(images.find(NAME)).isPresent();
        images.forget();
        assertThat(engine.image(first.reference())).isEmpty();
    }

    @Test
    void findWhenNobodyHasImageIsEmpty() {
        RunnableImages images = new RunnableImages(new Stored(Optional.empty()), engine, "it");
        assertThat(images.find("registry.test/nowhere:1")).isEmpty();
    }

    /** An image of one layer, which holds one file that no other run has. */
    private StoredImage image() throws Exception {
        byte[] layer = layer("content of " + blobs);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(layer);
        }
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("architecture", "amd64").put("os", "linux").putObject("config");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(digest(layer));
        Path configFile = Files.writeString(blobs.resolve("config"), config.toString());
        Path layerFile = Files.write(blobs.resolve("layer"), packed.toByteArray());
        String digest = digest(packed.toByteArray());
        return new StoredImage(
                "sha256:" + "1".repeat(64),
                digest(config.toString().getBytes(StandardCharsets.UTF_8)),
                configFile,
                List.of(new Layer(digest, layerFile, "application/vnd.docker.image.rootfs.diff.tar.gzip")));
    }

    private static byte[] layer(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            byte[] text = content.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("hello");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** @param image under the one name; empty: nothing is stored */
    private record Stored(Optional<StoredImage> image) implements StoredImages {
        @Override
        public Optional<String> digest(String name) {
            return image.filter(any -> name.equals(NAME)).map(StoredImage::digest);
        }

        @Override
        public Optional<StoredImage> resolve(String name, Supplier<Platform> platform) {
            assertThat(platform.get().os()).isEqualTo("linux");
            assertThat(platform.get().architecture()).isNotEmpty();
            return image.filter(any -> name.equals(NAME));
        }
    }
}
