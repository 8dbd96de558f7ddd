package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

class RyukImageTest {
    @Test
    void nameIsTheOneThatTestcontainersStarts() throws IOException {
        try (InputStream bytes = DockerClientFactory.class.getResourceAsStream("utility/RyukContainer.class")) {
            assertThat(new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(RyukImage.NAME);
        }
    }
}
