package io.github.ecsmaven.report.page;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** The stretch of time that a bar of a chart over time stands for. */
enum Period {
    DAY("day", 28),
    WEEK("week", 7 * 53),
    MONTH("month", 31 * 60),
    YEAR("year", Long.MAX_VALUE);

    private final String word;
    private final long mostDays;

    Period(String word, long mostDays) {
        this.word = word;
        this.mostDays = mostDays;
    }

    /** The shortest that makes a readable number of bars. */
    static Period of(Instant first, Instant last) {
        long days = Duration.between(first, last).toDays();
        for (Period period : values()) {
            if (days <= period.mostDays) {
                return period;
            }
        }
        return YEAR;
    }

    String word() {
        return word;
    }

    /** First day of the period in which it was that time there. */
    LocalDate start(Instant time, ZoneId zone) {
        LocalDate day = time.atZone(zone).toLocalDate();
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    private LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case YEAR -> start.plusYears(1);
        };
    }

    /** The starts of all periods from the one to the other, the empty ones too. */
    List<LocalDate> starts(Instant first, Instant last, ZoneId zone) {
        List<LocalDate> starts = new ArrayList<>();
        LocalDate end = start(last, zone);
        for (LocalDate start = start(first, zone); !start.isAfter(end); start = next(start)) {
            starts.add(start);
        }
        return starts;
    }

    String label(LocalDate start) {
        return switch (this) {
            case DAY, WEEK -> Words.day(start);
            case MONTH -> Words.month(start) + " " + start.getYear();
            case YEAR -> String.valueOf(start.getYear());
        };
    }
}
