package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Bars with both ends, in the time of Berlin. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-26T10:00:00Z, 2026-11-26T11:00:00Z, DAY, 1, 26 Nov, 26 Nov",
        "2026-11-25T23:30:00Z, 2026-11-26T22:30:00Z, DAY, 1, 26 Nov, 26 Nov",
        "2026-11-01T10:00:00Z, 2026-11-26T11:00:00Z, DAY, 26, 1 Nov, 26 Nov",
        "2026-10-01T10:00:00Z, 2026-11-26T11:00:00Z, WEEK, 9, 28 Sep, 23 Nov",
        "2025-01-31T10:00:00Z, 2026-11-26T11:00:00Z, MONTH, 23, Jan 2025, Nov 2026",
        "2016-11-26T10:00:00Z, 2026-11-26T11:00:00Z, YEAR, 11, 2016, 2026"
    })
    void startsWhenGivenASpanAreFew(Instant first, Instant last, Period period, int bars, String from, String to) {
        assertThat(Period.of(first, last)).isEqualTo(period);
        assertThat(period.starts(first, last, BERLIN)).hasSize(bars).satisfies(starts -> {
            assertThat(period.label(starts.get(0))).isEqualTo(from);
            assertThat(period.label(starts.get(bars - 1))).isEqualTo(to);
        });
    }
}
