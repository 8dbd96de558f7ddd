package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildTest {
    @ParameterizedTest(name = "{0} of {1} against {2} of {3}")
    @CsvSource({
        "1.0.0, 5, 1.0.0, 9, true",
        "1.0.0, 9, 1.0.0, 5, false",
        "1.0.0, 5, 1.0.0, 5, false",
        "1.9.0, 9, 1.10.0, 5, true",
        "1.10.0, 5, 1.9.0, 9, false",
        "1.0.0-SNAPSHOT, 9, 1.0.0, 5, true",
        "'', 0, 1.0.0, 5, true",
        "'', 9, 1.0.0, 5, false",
        "local, 5, 1.0.0, 9, true"
    })
    void isOlderThanComparesVersionThenTime(String version, long time, String other, long otherTime, boolean older) {
        assertThat(new Build(version, time).isOlderThan(new Build(other, otherTime)))
                .isEqualTo(older);
    }

    @Test
    void ofTakesTheNewestJar(@TempDir Path home) throws IOException {
        Path one = Files.createFile(home.resolve("one.jar"));
        Path two = Files.createFile(home.resolve("two.jar"));
        Files.setLastModifiedTime(one, FileTime.fromMillis(5_000));
        Files.setLastModifiedTime(two, FileTime.fromMillis(9_000));
        String classPath = String.join(File.pathSeparator, home.toString(), one.toString(), two.toString());
        assertThat(Build.of(classPath).modified()).isEqualTo(9_000);
    }
}
