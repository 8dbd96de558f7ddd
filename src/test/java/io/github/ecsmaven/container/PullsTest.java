package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PullsTest {
    private final Engine engine = new Engine();
    private final Pulls pulls = new Pulls(engine);

    @Test
    void advanceWhenTheEngineHasItBeginsNothing() throws InterruptedException {
        engine.there.add("redis:7");
        assertThat(pulls.advance(List.of("redis:7")).over()).isTrue();
        assertThat(engine.begun).isEmpty();
    }

    @Test
    void advanceWhenAnotherCallerHasSeenTheEndBeginsNothing() throws InterruptedException {
        assertThat(pulls.advance(List.of("redis:7")).over()).isFalse();
        assertThat(pulls.advance(List.of("redis:7")).over()).isFalse();
        engine.finish("redis:7");

        assertThat(pulls.advance(List.of("redis:7")).over()).isTrue();
        assertThat(pulls.advance(List.of("redis:7")).over()).isTrue();
        assertThat(engine.begun).containsExactly("redis:7");
    }

    @Test
    void advanceWhenOneHasFailedForgetsTheOthersToo() throws InterruptedException {
        List<String> both = List.of("redis:7", "shop/none:1");
        assertThat(pulls.advance(both).over()).isFalse();
        engine.fail("shop/none:1");
        assertThatThrownBy(() -> pulls.advance(both))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("shop/none:1");
        engine.finish("redis:7");

        assertThat(pulls.advance(List.of("redis:7")).over()).isTrue();
        assertThat(pulls.advance(both).over()).isFalse();
        assertThat(engine.begun).containsExactlyInAnyOrder("redis:7", "shop/none:1", "shop/none:1");
    }

    private static final class Engine implements Pulls.Source {
        private final Set<String> there = new HashSet<>();
        private final List<String> begun = new ArrayList<>();
        private final Map<String, Pull> running = new HashMap<>();

        @Override
        public boolean has(String reference) {
            return there.contains(reference);
        }

        @Override
        public Pull begin(String reference) {
            begun.add(reference);
            Pull pull = new Pull();
            running.put(reference, pull);
            return pull;
        }

        void finish(String reference) {
            there.add(reference);
            running.get(reference).onComplete();
        }

        void fail(String reference) {
            running.get(reference).onError(new IllegalStateException("manifest unknown"));
        }
    }
}
