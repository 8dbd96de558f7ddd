package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    @ParameterizedTest
    @CsvSource({
        "'a b c', 5, 'a b c'",
        "'a b c d e', 5, 'a b c d e'",
        "'stopped code log x x x at trace', 6, 'stopped code log … at trace'",
        "'a b c d e', 4, 'b c d e'",
        "'a b c d e', 1, 'e'",
    })
    void ofALogKeepsItsHeadAndItsEnd(String lines, int most, String told) {
        assertThat(Excerpt.of(List.of(lines.split(" ")), most)).containsExactly(told.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"/src/A.java:[3] no symbol;b;c;d;e;f, 5", "it failed;src/a.kt:3:5 no symbol;c;d;e;f, 5"})
    void ofACompilerKeepsItsFirstErrors(String text, int most) {
        List<String> lines = Arrays.asList(text.split(";"));

        assertThat(Excerpt.of(lines, most)).isEqualTo(lines.subList(0, most));
    }
}
