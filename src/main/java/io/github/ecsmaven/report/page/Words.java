package io.github.ecsmaven.report.page;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the page writes what the records hold. */
final class Words {
    private static final Set<String> SAFE = Set.of("http", "https");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private Words() {}

    /** A text that can't be read as a time is shown as it is. */
    static String minute(String time, ZoneId zone) {
        return Delivery.time(time)
                .map(instant -> MINUTE.format(instant.atZone(zone)))
                .orElse(time);
    }

    static String day(Instant time, ZoneId zone) {
        return DAY.format(time.atZone(zone));
    }

    /** The first characters, which are enough to know it by. */
    static String commit(String hash) {
        return cut(hash, 8).replace("…", "");
    }

    /** At most so many characters, the last of them an ellipsis when some were left out. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** What may stand in a link: an address of the web, nothing that a browser would run. */
    static Optional<String> link(String url) {
        try {
            String scheme = URI.create(url).getScheme();
            return scheme != null && SAFE.contains(scheme.toLowerCase(Locale.ROOT))
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    /** {@code 1 build}, {@code 2 builds}. */
    static String count(long number, String word) {
        return String.format(Locale.ENGLISH, "%,d %s%s", number, word, number == 1 ? "" : "s");
    }
}
