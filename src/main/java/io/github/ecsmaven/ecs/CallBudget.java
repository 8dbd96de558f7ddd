package io.github.ecsmaven.ecs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the calls to ECS and CodeDeploy for one watched service, so that they stay at 60 in any minute. */
final class CallBudget {
    private static final int A_MINUTE = 60;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration pace;
    private final Instant began;
    private final Deque<Instant> calls = new ArrayDeque<>();

    /** @param pace of the looks that are made in any case, one call each */
    CallBudget(Clock clock, Duration pace) {
        this.clock = clock;
        this.pace = pace;
        this.began = clock.instant();
    }

    /** One call is about to be made. */
    void spend() {
        calls.addLast(clock.instant());
    }

    /** How many calls may be made now beside the looks; negative when there were too many. */
    int spare() {
        Instant now = clock.instant();
        while (!calls.isEmpty() && !calls.peekFirst().isAfter(now.minus(MINUTE))) {
            calls.removeFirst();
        }
        Duration left = MINUTE.minus(Duration.between(began, now));
        long looks = left.isNegative() ? 0 : left.dividedBy(pace);
        return A_MINUTE - calls.size() - (int) looks - 1;
    }
}
