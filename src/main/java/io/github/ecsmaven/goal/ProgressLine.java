package io.github.ecsmaven.goal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Lets a progress line through when something takes long: the first after two seconds, then one every ten. */
final class ProgressLine {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Clock clock;
    private final Consumer<String> out;
    private Instant next;

    ProgressLine(Clock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
        this.next = clock.instant().plus(FIRST);
    }

    /** @param total 0 while it is unknown */
    synchronized void show(String what, long done, long total) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(EVERY);
        out.accept("  " + what + " " + ByteText.show(done) + (total > 0 ? " of " + ByteText.show(total) : "") + "…");
    }
}
