package io.github.ecsmaven.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names a build by its start, and by chance among those that start in the same second. */
public final class NewBuildId {
    /** In the order of time when sorted as text. */
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private NewBuildId() {}

    /** {@code 20261126T145303Z-3f9c2a} */
    public static String at(Instant start) {
        return TIME.format(start)
                + String.format(
                        Locale.ROOT, "-%06x", ThreadLocalRandom.current().nextInt(1 << 24));
    }
}
