package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRecordTest {
    private static final Path SAMPLE = Path.of("src/test/resources/io/github/ecsmaven/report/build-record.json");

    @TempDir
    Path folder;

    @Test
    void writtenAgainIsTheSameText() throws Exception {
        Path again = folder.resolve("again.json");
        RecordFile.write(again, RecordFile.read(SAMPLE, BuildRecord.class).orElseThrow());
        assertThat(Files.readString(again).strip())
                .isEqualTo(Files.readString(SAMPLE).strip());
    }

    @Test
    void recordWithoutWhatEveryRecordHasIsNone() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
        assertThatThrownBy(() -> RecordFile.read(empty, BuildRecord.class)).isInstanceOf(Problem.class);
    }
}
