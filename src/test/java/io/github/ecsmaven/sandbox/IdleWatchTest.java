package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final IdleWatch watch = new IdleWatch(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void isOverWhenNothingCameForTheLimit() {
        now = now.plus(IdleWatch.LIMIT).minusSeconds(1);
        assertThat(watch.isOver(false)).isFalse();
        now = now.plusSeconds(1);
        assertThat(watch.isOver(false)).isTrue();
    }

    @Test
    void isOverWhenSomethingRanUntilNowIsFalse() {
        now = now.plus(Duration.ofHours(2));
        assertThat(watch.isOver(true)).isFalse();
        assertThat(watch.isOver(false)).isFalse();
    }

    @Test
    void inUseUntilFiveSecondsAfterARequest() {
        assertThat(watch.inUse()).isFalse();
        watch.begin();
        now = now.plusSeconds(60);
        assertThat(watch.inUse()).isTrue();
        watch.end();
        now = now.plusMillis(4_999);
        assertThat(watch.inUse()).isTrue();
        now = now.plusMillis(1);
        assertThat(watch.inUse()).isFalse();
    }

    @Test
    void isOverWhenARequestIsOpenIsFalse() {
        watch.begin();
        now = now.plus(Duration.ofHours(2));
        assertThat(watch.isOver(false)).isFalse();
    }
}
