package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    record Sample(Optional<String> main, Optional<Digest> digest, int ports) {}

    @TempDir
    Path folder;

    @Test
    void readWhenWrittenGivesTheSameRecord() {
        Sample sample = new Sample(Optional.of("a.Main"), Optional.of(new Digest("sha256:" + "a".repeat(64))), 3);
        RecordFile.write(folder.resolve("sample.json"), sample);
        assertThat(RecordFile.read(folder.resolve("sample.json"), Sample.class)).contains(sample);
    }

    @Test
    void readWhenAFieldIsEmptyGivesItBackEmpty() throws Exception {
        Path file = folder.resolve("deeper/sample.json");
        RecordFile.write(file, new Sample(Optional.empty(), Optional.empty(), 3));
        assertThat(Files.readString(file)).contains("\"ports\" : 3");
        assertThat(RecordFile.read(file, Sample.class)).contains(new Sample(Optional.empty(), Optional.empty(), 3));
    }

    @Test
    void readWhenThereIsNoFileIsEmptyAndWhenItIsNoRecordIsAProblem() throws Exception {
        assertThat(RecordFile.read(folder.resolve("none.json"), Sample.class)).isEmpty();
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        assertThatThrownBy(() -> RecordFile.read(broken, Sample.class)).isInstanceOf(Problem.class);
    }
}
