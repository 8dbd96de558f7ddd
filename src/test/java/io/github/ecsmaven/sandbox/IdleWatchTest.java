package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final IdleWatch watch = new IdleWatch(clock);

    @Test
    void isOverWhenNothingCameForTheLimit() {
        clock.moveOn(IdleWatch.LIMIT.minusSeconds(1));
        assertThat(watch.isOver(false)).isFalse();
        clock.moveOn(Duration.ofSeconds(1));
        assertThat(watch.isOver(false)).isTrue();
    }

    @Test
    void isOverWhenSomethingRanUntilNowIsFalse() {
        clock.moveOn(Duration.ofHours(2));
        assertThat(watch.isOver(true)).isFalse();
        assertThat(watch.isOver(false)).isFalse();
    }

    @Test
    void inUseUntilFiveSecondsAfterARequest() {
        assertThat(watch.inUse()).isFalse();
        watch.begin();
        clock.moveOn(Duration.ofSeconds(60));
        assertThat(watch.inUse()).isTrue();
        watch.end();
        clock.moveOn(Duration.ofMillis(4_999));
        assertThat(watch.inUse()).isTrue();
        clock.moveOn(Duration.ofMillis(1));
        assertThat(watch.inUse()).isFalse();
    }

    @Test
    void isOverWhenARequestIsOpenIsFalse() {
        watch.begin();
        clock.moveOn(Duration.ofHours(2));
        assertThat(watch.isOver(false)).isFalse();
    }
}
