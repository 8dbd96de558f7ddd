package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    @TempDir
    Path folder;

    @Test
    void readWhenStoredBeforeThereWereSettingsHasPlainOnes() throws Exception {
        Path file = Files.writeString(
                folder.resolve("old.json"),
                "{\"name\":\"orders\",\"created\":1,\"mutability\":\"IMMUTABLE\",\"scanOnPush\":true,"
                        + "\"labels\":{},\"images\":{},\"tags\":{\"1.0\":\"sha256:a\"},\"blobs\":[]}");
        Repository read = Json.read(file, Repository.class);
        assertThat(read.settings()).isEqualTo(Repository.Settings.PLAIN);
        assertThat(read.mayMove("1.0")).isFalse();
    }

    @Test
    void readWhenWrittenIsTheSame() throws Exception {
        Repository repository = new Repository(
                "orders",
                1,
                "IMMUTABLE_WITH_EXCLUSION",
                false,
                Map.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                new Repository.Settings(List.of("latest*"), "KMS", "alias/a", "{}"));
        Json.write(folder.resolve("new.json"), repository);
        Repository read = Json.read(folder.resolve("new.json"), Repository.class);
        assertThat(read).isEqualTo(repository);
        assertThat(read.mayMove("latest-1")).isTrue();
        assertThat(read.mayMove("1.0")).isFalse();
    }
}
