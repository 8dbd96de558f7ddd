package io.github.ecsmaven.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the last request was answered, and whether that is long ago. */
final class IdleWatch {
    static final Duration LIMIT = Duration.ofMinutes(30);

    /** Builds look at a rollout every second or two: a longer silence says that none is watched. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(5);

    private final Clock clock;
    private Instant last;
    private int open;
    private Instant answered = Instant.MIN;

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
        answered = last;
    }

    /** True while somebody is at work with it: a request is open, or was just answered. */
    synchronized boolean inUse() {
        return open > 0 || answered.isAfter(clock.instant().minus(BETWEEN_REQUESTS));
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
