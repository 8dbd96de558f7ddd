package io.github.ecsmaven.goal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What a person sees while something takes long: on a terminal one line that is written over, in a log a line every ten
 * seconds.
 */
final class ProgressLine {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration IN_PLACE = Duration.ofMillis(250);
    private static final Duration IN_LOG = Duration.ofSeconds(10);

    private final Clock clock;
    private final boolean inPlace;
    private final Consumer<String> out;
    private Instant next;
    private int shown;

    private ProgressLine(Clock clock, boolean inPlace, Consumer<String> out) {
        this.clock = clock;
        this.inPlace = inPlace;
        this.out = out;
        this.next = clock.instant().plus(inPlace ? PATIENCE : IN_LOG);
    }

    /** @param out gets raw text, without a line's end */
    static ProgressLine inPlace(Clock clock, Consumer<String> out) {
        return new ProgressLine(clock, true, out);
    }

    /** @param out gets a whole line each time */
    static ProgressLine inLog(Clock clock, Consumer<String> out) {
        return new ProgressLine(clock, false, out);
    }

    /** @param total bytes; 0 while it is unknown */
    synchronized void show(String what, long done, long total) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(inPlace ? IN_PLACE : IN_LOG);
        String text = "  " + what + amount(done, total) + "…";
        out.accept(inPlace ? "\r" + text + " ".repeat(Math.max(0, shown - text.length())) : text);
        shown = Math.max(shown, text.length());
    }

    private static String amount(long done, long total) {
        String all = total > 0 ? ByteText.show(total) : "";
        if (done <= 0) {
            return all.isEmpty() ? "" : " " + all;
        }
        return " " + ByteText.show(done) + (all.isEmpty() ? "" : " of " + all);
    }

    /** Takes the line away from a terminal, before the next is written. */
    synchronized void clear() {
        if (inPlace && shown > 0) {
            out.accept("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }
}
