package io.github.ecsmaven.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the last request was answered, and whether that is long ago. */
final class IdleWatch {
    static final Duration LIMIT = Duration.ofMinutes(30);

    private final Clock clock;
    private Instant last;
    private int open;

    IdleWatch(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    synchronized void begin() {
        open++;
    }

    synchronized void end() {
        open--;
        last = clock.instant();
    }

    /**
     * @param busy whether a part has something running; then the time begins anew
     */
    synchronized boolean isOver(boolean busy) {
        if (busy || open > 0) {
            last = clock.instant();
        }
        return !clock.instant().isBefore(last.plus(LIMIT));
    }
}
