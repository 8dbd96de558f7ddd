package io.github.ecsmaven.report.page;

import java.util.OptionalDouble;

/**
 * Durations short enough for a cell: {@code 0.4s}, {@code 42s}, {@code 3m 20s}, {@code 1h 05m}, {@code 2d 3h}. Made by hand: a page has a
 * thousand of them, and a formatter costs a build's end more than all the rest.
 */
final class Span {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Span() {}

    static String show(double seconds) {
        if (seconds < 9.95) {
            long tenths = Math.round(10 * Math.max(0, seconds));
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + "s";
        }
        if (whole < HOUR) {
            return pair(whole / MINUTE, "m", whole % MINUTE, "s");
        }
        long minutes = Math.round(seconds / MINUTE);
        if (minutes * MINUTE < DAY) {
            return pair(minutes / 60, "h", minutes % 60, "m");
        }
        long hours = Math.round(seconds / HOUR);
        return hours / 24 + "d " + hours % 24 + "h";
    }

    /** A dash where there is none. */
    static String show(OptionalDouble seconds) {
        return seconds.isPresent() ? show(seconds.getAsDouble()) : "–";
    }

    private static String pair(long high, String unit, long low, String lower) {
        return high + unit + (low < 10 ? " 0" : " ") + low + lower;
    }
}
