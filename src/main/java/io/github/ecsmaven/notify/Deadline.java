package io.github.ecsmaven.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Until when all has to be sent: the end of the build waits for it. */
final class Deadline {
    private final Clock clock;
    private final Instant end;

    Deadline(Clock clock, Duration time) {
        this.clock = clock;
        this.end = clock.instant().plus(time);
    }

    /** Zero when it is over. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The shorter of the time that is left and another; at least a millisecond, as 0 means forever to many. */
    Duration atMost(Duration other) {
        Duration left = left();
        Duration shorter = left.compareTo(other) < 0 ? left : other;
        return shorter.toMillis() < 1 ? Duration.ofMillis(1) : shorter;
    }
}
