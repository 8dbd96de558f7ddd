package io.github.ecsmaven.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times as records have them, {@code 2026-11-26T14:53:03.120Z}. Read by hand: the charts of a long history need some ten thousand, and a
 * formatter takes longer for each than all else that is read of a build.
 */
public final class RecordTime {
    private static final String FORM = "0000-00-00T00:00:00";

    private RecordTime() {}

    /** Empty when the text is no time. */
    public static Optional<Instant> parse(String text) {
        try {
            int end = text.length() - 1;
            return Optional.of(hasForm(text, end) ? byHand(text, end) : Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Instant byHand(String text, int end) {
        int hour = number(text, 11, 13);
        int second = number(text, 17, 19);
        return hour == 24 || second == 60
                // Midnight by its other name, and a leap second.
                ? Instant.parse(text)
                : LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 5, 7),
                                number(text, 8, 10),
                                hour,
                                number(text, 14, 16),
                                second,
                                end == FORM.length() ? 0 : nanos(text, end))
                        .toInstant(ZoneOffset.UTC);
    }

    private static boolean hasForm(String text, int end) {
        if (end < FORM.length() || end > FORM.length() + 10 || text.charAt(end) != 'Z') {
            return false;
        }
        for (int at = 0; at < end; at++) {
            char expected = at < FORM.length() ? FORM.charAt(at) : at == FORM.length() ? '.' : '0';
            char found = text.charAt(at);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return end != FORM.length() + 1;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static int nanos(String text, int end) {
        int nanos = number(text, FORM.length() + 1, end);
        for (int digits = end - FORM.length() - 1; digits < 9; digits++) {
            nanos *= 10;
        }
        return nanos;
    }
}
