package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.DockerInfoDetails;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.image.ImageTarball;
import io.github.ecsmaven.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read from Jib's tarball is what Jib itself says and writes. */
class JibImageTest {
    @TempDir
    private Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void twoFiles() throws IOException {
        first = Files.writeString(folder.resolve("first"), "one");
        second = Files.writeString(folder.resolve("second"), "two");
    }

    @ParameterizedTest
    @EnumSource
    void idAndManifestAreThoseThatJibTells(ImageFormat format) throws Exception {
        Built built = build(format, first, second);

        assertThat(built.image.imageId())
                .isEqualTo(new Digest(built.said.getImageId().toString()));
        Digest manifest = new Digest(built.said.getDigest().toString());
        assertThat(built.image.manifestSize(manifest)).isPositive();
        assertThatThrownBy(() -> built.image.manifestSize(Digest.of(new byte[0])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(manifest.value());
    }

    @Test
    void theWholeTarIsAnImageOfTheSameId() throws Exception {
        Built built = build(ImageFormat.Docker, first, second);
        Path tar = Files.write(folder.resolve("image.tar"), written(built.image, 0));

        assertThat(ImageTar.imageId(tar)).isEqualTo(built.image.imageId());
        assertThat(built.image.size())
                .isEqualTo(built.image.layerSizes().get(0)
                        + built.image.layerSizes().get(1));
    }

    @ParameterizedTest(name = "{0} known layers, {1} written")
    @CsvSource({"0, 2", "1, 1", "2, 0"})
    void layersThatAreKnownAreLeftOut(int known, int layers) throws Exception {
        Built built = build(ImageFormat.Docker, first, second);
        List<String> names =
                built.image.layerHashes().stream().map(hash -> hash + ".tar.gz").toList();

        List<String> expected = new ArrayList<>(names.subList(2 - layers, 2));
        expected.addAll(List.of("config.json", "manifest.json"));
        assertThat(entries(written(built.image, known))).isEqualTo(expected);
    }

    @Test
    void aLayerThatStandsTwiceIsWrittenOnceWhenItsSecondPlaceIsNew() throws Exception {
        Built built = build(ImageFormat.Docker, first, first);

        String name = built.image.layerHashes().get(0) + ".tar.gz";
        assertThat(entries(written(built.image, 1))).containsExactly(name, "config.json", "manifest.json");
        assertThat(entries(written(built.image, 0))).containsExactly(name, "config.json", "manifest.json");
    }

    @Test
    void theSharedLayersAreTheFirstOnes() throws Exception {
        JibImage image = build(ImageFormat.Docker, first, second).image;
        List<String> own = image.diffIds();

        assertThat(image.sharedWith(own)).isEqualTo(2);
        assertThat(image.sharedWith(List.of(own.get(0), "sha256:other"))).isEqualTo(1);
        assertThat(image.sharedWith(List.of(own.get(1), own.get(0)))).isZero();
    }

    private record Built(JibImage image, JibContainer said) {}

    private Built build(ImageFormat format, Path... files) throws Exception {
        JibContainerBuilder builder = Jib.fromScratch().setFormat(format);
        for (Path file : files) {
            builder.addLayer(List.of(file), AbsoluteUnixPath.get("/app"));
        }
        Catching docker = new Catching();
        JibContainer said = builder.containerize(Containerizer.to(docker, DockerDaemonImage.named("test"))
                .setBaseImageLayersCache(folder.resolve("base"))
                .setApplicationLayersCache(folder.resolve("application")));
        return new Built(JibImage.of(docker.caught.get(0)), said);
    }

    private static byte[] written(JibImage image, int known) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        image.write(out, "test:1", known);
        return out.toByteArray();
    }

    private static List<String> entries(byte[] tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    /** Takes the tarball that Jib would have an engine load. */
    private static final class Catching implements DockerClient {
        private final List<ImageTarball> caught = new ArrayList<>();

        @Override
        public boolean supported(Map<String, String> parameters) {
            return true;
        }

        @Override
        public DockerInfoDetails info() {
            return new DockerInfoDetails();
        }

        @Override
        public String load(ImageTarball tarball, Consumer<Long> written) {
            caught.add(tarball);
            return "";
        }

        @Override
        public void save(ImageReference image, Path tar, Consumer<Long> written) {
            throw new UnsupportedOperationException("scratch has no base to save");
        }

        @Override
        public ImageDetails inspect(ImageReference image) {
            throw new UnsupportedOperationException("scratch has no base to inspect");
        }
    }
}
