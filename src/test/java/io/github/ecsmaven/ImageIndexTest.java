package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes are compared to the letter: another digest of the same parts would be another image. */
class ImageIndexTest {
    private static final Digest ONE = new Digest("sha256:" + "1".repeat(64));
    private static final Digest TWO = new Digest("sha256:" + "2".repeat(64));

    @Test
    void dockerList() {
        ImageIndex index = index(ImageIndex.DOCKER, "linux/amd64", "linux/arm64");
        assertThat(index.text())
                .isEqualTo(
                        ("{'schemaVersion':2,'mediaType':'application/vnd.docker.distribution.manifest.list.v2+json',"
                                        + "'manifests':["
                                        + "{'mediaType':'application/vnd.docker.distribution.manifest.v2+json','digest':'"
                                        + ONE + "','size':428,'platform':{'architecture':'amd64','os':'linux'}},"
                                        + "{'mediaType':'application/vnd.docker.distribution.manifest.v2+json','digest':'"
                                        + TWO + "','size':1429,'platform':{'architecture':'arm64','os':'linux'}}]}")
                                .replace('\'', '"'));
        assertThat(index.digest())
                .isEqualTo(Digest.of(index.text().getBytes(StandardCharsets.UTF_8)))
                .hasToString("sha256:f8ebd73bf35742f26dc6c057ce75845453dcb4f37b82dd0fe1d739d44efdaf18");
    }

    @Test
    void ociIndex() {
        ImageIndex index = index(ImageIndex.OCI, "linux/arm/v7", "windows/amd64");
        assertThat(index.text())
                .isEqualTo(("{'schemaVersion':2,'mediaType':'application/vnd.oci.image.index.v1+json','manifests':["
                                + "{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'" + ONE
                                + "','size':428,'platform':{'architecture':'arm','os':'linux','variant':'v7'}},"
                                + "{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'" + TWO
                                + "','size':1429,'platform':{'architecture':'amd64','os':'windows'}}]}")
                        .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a     | a",
                "a b   | a and b",
                "a b c | a, b and c",
            })
    void inWords(String names, String words) {
        assertThat(ImageIndex.inWords(List.of(names.split(" ")))).isEqualTo(words);
    }

    private static ImageIndex index(String mediaType, String one, String two) {
        return new ImageIndex(
                mediaType, List.of(new ImageIndex.Manifest(one, ONE, 428), new ImageIndex.Manifest(two, TWO, 1429)));
    }
}
