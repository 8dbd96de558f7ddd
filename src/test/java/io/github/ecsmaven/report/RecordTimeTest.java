package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-26T14:53:03Z",
                "2026-11-26T14:53:03.1Z",
                "2026-11-26T14:53:03.120Z",
                "2026-11-26T14:53:03.000000001Z",
                "2024-02-29T23:59:59.999Z",
                "0001-01-01T00:00:00Z",
                "2026-11-26T24:00:00Z",
                "2026-11-26T24:00:01Z",
                "2016-12-31T23:59:60Z",
                "2026-11-26T14:53:03+01:00",
                "2026-11-26t14:53:03z",
                "2025-02-29T00:00:00Z",
                "2026-11-26T14:61:03Z",
                "2026-11-26T14:53:03.Z",
                "2026-11-26T14:53:03.0000000001Z",
                "2026-11-26 14:53:03Z",
                "2026-11-26T14:53:03",
                "2026-11-2xT14:53:03Z",
                "+12026-11-26T14:53:03Z",
                "yesterday",
                "Z",
                ""
            })
    void timeIsThatOfTheFormatter(String text) {
        assertThat(RecordTime.parse(text)).isEqualTo(byFormatter(text));
    }

    private static Optional<Instant> byFormatter(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
