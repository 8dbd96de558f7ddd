package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.report.page.SampleBuilds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumLineTest {
    @Test
    void readAgainTheyAreTheSame() throws IOException {
        List<BuildSum> sums = Stream.concat(
                        Stream.of(Builds.sample(), Builds.failingIn("rollout")), SampleBuilds.of(40).stream())
                .map(BuildSum::of)
                .toList();
        String line = text(sums);

        assertThat(line).doesNotContain("\n");
        assertThat(read(line + "\n{\"schema\":1")).contains(sums);
        assertThat(read(text(List.of()))).contains(List.of());
    }

    @Test
    void recordIsNoneOfThem() throws IOException {
        assertThat(read("{\"schema\":1}")).isEmpty();
        assertThat(read("{\"su")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "SUCCESS, FINE",
        "DONE, FINE",
        "[\"20261126T145303Z-000001\", [",
        "[\"20261126T145303Z-000001\", [null",
        "2500, \"2500\"",
        "2500, 2500.",
        "'2,3,2500', '2,4,2500'",
        "true]]}, true",
        "true]]}, 'true,1]]}'"
    })
    void brokenLinesAreRefused(String text, String broken) {
        String line =
                text(List.of(BuildSum.of(Builds.withStages(Builds.stage("compile", BuildRecord.Status.DONE, 2.5)))));
        assertThat(line).contains(text);
        assertThatThrownBy(() -> read(line.replace(text, broken))).isInstanceOf(IOException.class);
    }

    private static String text(List<BuildSum> sums) {
        return new String(SumLine.write(sums), StandardCharsets.UTF_8);
    }

    private static Optional<List<BuildSum>> read(String text) throws IOException {
        return SumLine.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
