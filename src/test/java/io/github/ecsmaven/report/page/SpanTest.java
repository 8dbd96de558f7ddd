package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({
        "-1, 0.0s",
        "0, 0.0s",
        "0.44, 0.4s",
        "9.94, 9.9s",
        "9.95, 10s",
        "59.4, 59s",
        "59.5, 1m 00s",
        "200, 3m 20s",
        "3599.6, 1h 00m",
        "3900, 1h 05m",
        "86390, 1d 0h",
        "183600, 2d 3h"
    })
    void showWhenGivenSecondsIsShort(double seconds, String shown) {
        assertThat(Span.show(seconds)).isEqualTo(shown);
    }
}
