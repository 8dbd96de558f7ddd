package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.DurationText;
import java.time.Duration;

/** What is left of a time that is waited for, so that a line moves as often as one is written. Pure. */
public final class Remaining {
    /** A state that does not change is told again after as long. */
    private static final long STEP = 10;

    private Remaining() {}

    /** Rounded up to ten seconds. */
    static Duration of(Duration left) {
        long seconds = left.plusMillis(999).toSeconds();
        return Duration.ofSeconds((seconds + STEP - 1) / STEP * STEP);
    }

    /** {@code 40 s}, {@code 1 min}, {@code 3 min 20 s} */
    static String words(Duration time) {
        return !time.isZero() && time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : DurationText.show(time);
    }
}
