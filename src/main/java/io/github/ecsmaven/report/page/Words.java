package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.CleanText;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the page writes what the records hold. */
final class Words {
    private static final Set<String> SAFE = Set.of("http", "https");
    /** By hand: the names that a formatter knows are in files which take a build's end longer to read than all the rest. */
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private Words() {}

    /** A text that can't be read as a time is shown as it is. */
    static String minute(String time, ZoneId zone) {
        return BuildRecord.time(time)
                .map(instant -> minute(instant.atZone(zone)))
                .orElse(time);
    }

    private static String minute(ZonedDateTime time) {
        return day(time.toLocalDate()) + " " + two(time.getHour()) + ":" + two(time.getMinute());
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    static String day(Instant time, ZoneId zone) {
        LocalDate day = time.atZone(zone).toLocalDate();
        return day(day) + " " + day.getYear();
    }

    static String day(LocalDate day) {
        return day.getDayOfMonth() + " " + month(day);
    }

    static String month(LocalDate day) {
        return MONTHS.get(day.getMonthValue() - 1);
    }

    /** The first characters, which are enough to know it by. */
    static String commit(String hash) {
        return CleanText.cut(hash, 8).replace("…", "");
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

    static String percent(double share) {
        return Math.round(share * 100) + "%";
    }

    /** {@code 1 build}, {@code 2 builds}. */
    static String count(long number, String word) {
        String text = number < 1000
                ? String.valueOf(number)
                : number / 1000 + "," + String.valueOf(number % 1000 + 1000).substring(1);
        return text + " " + word + (number == 1 ? "" : "s");
    }
}
