package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageClockTest {
    private static final Instant START = Instant.parse("2026-11-26T08:00:00Z");

    private final AtomicLong nanos = new AtomicLong(77);
    private final StageClock clock = new StageClock(nanos::get, START);
    private final StageClock.Module orders = clock.module("orders");

    @Test
    void stageBeginsWithItsFirstGoalAndTakesAsLongAsAll() {
        pass(2);
        clock.begin("main", "orders", Stage.COMPILE);
        pass(3);
        clock.end("main", "orders", Stage.COMPILE, StageClock.End.DONE, null);
        pass(1);
        clock.begin("tests", "orders", Stage.COMPILE);
        pass(4);
        clock.end("tests", "orders", Stage.COMPILE, StageClock.End.DONE, null);

        assertThat(orders.began(Stage.COMPILE)).hasValue(START.plusSeconds(2));
        assertThat(orders.took(Stage.COMPILE)).hasValue(Duration.ofSeconds(7));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void interruptAllEndsWhatRunsAndNothingElse() {
        clock.begin("clean", "orders", null);
        clock.leave("clean");
        clock.begin("tests", "orders", Stage.UNIT_TESTS);
        pass(5);

        clock.interruptAll();

        assertThat(orders.end(Stage.UNIT_TESTS)).isEqualTo(StageClock.End.INTERRUPTED);
        assertThat(orders.took(Stage.UNIT_TESTS)).hasValue(Duration.ofSeconds(5));
        assertThat(orders.took(Stage.OTHER)).isEmpty();
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
