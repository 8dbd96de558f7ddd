package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.report.page.SampleBuilds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SkimBuildTest {
    static Stream<BuildRecord> builds() {
        return Stream.of(
                        Stream.of(Builds.sample()),
                        Builds.STAGES.stream().map(Builds::failingIn),
                        SampleBuilds.of(20).stream())
                .flatMap(some -> some);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("builds")
    void sumIsThatOfTheWholeRecord(BuildRecord build) throws IOException {
        assertThat(BuildSum.of(SkimBuild.run(RecordFile.line(build)))).isEqualTo(BuildSum.of(build));
    }

    @Test
    void fieldsOfALaterVersionArePassedOverAndNullIsAbsent() throws IOException {
        String text = new String(RecordFile.line(Builds.sample()), StandardCharsets.UTF_8)
                .replace("\"branch\":\"main\"", "\"branch\":null,\"dirty\":{\"files\":[1,{}]}")
                .replace("\"modules\":[{", "\"modules\":[{\"kind\":[\"war\"],");
        BuildSum skimmed = BuildSum.of(SkimBuild.run(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(skimmed)
                .isEqualTo(BuildSum.of(RecordFile.parse(text.getBytes(StandardCharsets.UTF_8), BuildRecord.class)));
        assertThat(skimmed.line()).isEqualTo("shop:shop ");
    }

    /** The one way to read a record refuses what the other does. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\":\"20261126T145303Z-3f9c2a\", |",
                "\"outcome\":\"FAILED\"              | \"outcome\":\"FINE\"",
                "\"status\":\"DONE\"                 | \"status\":\"FINE\"",
                "\"project\":\"shop:shop\"           | \"project\":{}",
                "\"stages\":[                        | \"stages\":[null,",
                ",\"services\":[]                   |",
                "\"seconds\":128.3                   | \"seconds\":\"long\"",
                "\"modules\":[                       | \"modules\":[[],",
                "{\"schema\":1                       | [{\"schema\":1"
            })
    void brokenRecordsAreRefused(String text, String broken) {
        String line = new String(RecordFile.line(Builds.sample()), StandardCharsets.UTF_8);
        assertThat(line).contains(text);
        refused(line.replaceFirst(Pattern.quote(text), broken == null ? "" : broken));
    }

    @Test
    void recordsThatWereCutOffAreRefused() {
        String line = new String(RecordFile.line(Builds.sample()), StandardCharsets.UTF_8);
        for (int length = 0; length < line.length(); length += 7) {
            refused(line.substring(0, length));
        }
    }

    private static void refused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SkimBuild.run(bytes)).as(text).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RecordFile.parse(bytes, BuildRecord.class))
                .as(text)
                .isInstanceOf(IOException.class);
    }
}
