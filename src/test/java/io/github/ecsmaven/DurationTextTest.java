package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "90s, PT90S", "15m, PT15M", "2h, PT2H", "PT15M, PT15M", "15 M, PT15M"})
    void parseWhenWrittenAsUsersDoGivesTheDuration(String text, Duration expected) {
        assertThat(DurationText.parse("ecs.timeout", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "soon", "0s", "-5s", "PT-5S", "5 days"})
    void parseWhenItIsNoPositiveDurationNamesPropertyAndValue(String text) {
        assertThatThrownBy(() -> DurationText.parse("ecs.timeout", text))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'" + text + "' is not a duration (ecs.timeout).\n"
                                + "Next: write a positive duration, for example -Decs.timeout=90s, 15m or PT15M."));
    }

    @ParameterizedTest
    @CsvSource({"400, 0.4 s", "9900, 9.9 s", "42000, 42 s", "119400, 119 s", "200000, 3 min 20 s"})
    void showWhenReadByAPersonRoundsToWhatMatters(long millis, String expected) {
        assertThat(DurationText.show(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    @Test
    void showWhenNothingPassedIsZero() {
        assertThat(DurationText.show(Duration.ZERO)).isEqualTo("0.0 s");
    }
}
