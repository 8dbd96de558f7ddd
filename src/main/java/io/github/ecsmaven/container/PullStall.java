package io.github.ecsmaven.container;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a pull has stood still: a registry that says nothing more would be waited for without end.
 *
 * @param moved bytes fetched and unpacked so far
 * @param since when the last of them came
 */
record PullStall(long moved, Instant since) {
    static final Duration LIMIT = Duration.ofMinutes(5);

    static PullStall beginning(Instant now) {
        return new PullStall(-1, now);
    }

    PullStall seen(long now, Instant when) {
        return now > moved ? new PullStall(now, when) : this;
    }

    boolean tooLong(Instant now) {
        return !now.isBefore(since.plus(LIMIT));
    }
}
