package io.github.ecsmaven;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as users write them, {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}, {@code PT15M}, and as logs show them. */
public final class DurationText {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    private DurationText() {}

    /**
     * @param property the property that holds the text, for the error
     * @param text what the user wrote
     * @throws Problem when it is no duration, or not positive
     */
    public static Duration parse(String property, String text) {
        Duration duration = read(text.trim());
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw Problem.ofProject(
                    "'" + text + "' is not a duration (" + property + ").",
                    "write a positive duration, for example -D" + property + "=90s, 15m or PT15M.");
        }
        return duration;
    }

    private static @Nullable Duration read(String text) {
        Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException notIso) {
            return null;
        }
    }

    /** As a person reads it: {@code 0.4 s} below ten seconds, {@code 42 s} below two minutes, else {@code 3 min 20 s}. */
    public static String show(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
