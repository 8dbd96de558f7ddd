package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLineTest {
    private final List<Thread> hooks = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean ending;

    private final LastLine line = new LastLine(
            new LastLine.Hooks() {
                @Override
                public void add(Thread hook) {
                    refuseWhenEnding();
                    hooks.add(hook);
                }

                @Override
                public void remove(Thread hook) {
                    refuseWhenEnding();
                    hooks.remove(hook);
                }
            },
            told::add);

    @Test
    void signalTellsTheLineThatWasSetLastOnce() {
        line.set("goes on");
        line.set("goes back");
        signal();

        line.set("too late");
        line.withdraw();

        assertThat(hooks).hasSize(1);
        assertThat(told).containsExactly("goes back");
    }

    @Test
    void withdrawLeavesNoHookAndTheNextLineHasItsOwn() {
        line.withdraw();
        line.set("goes on");
        line.withdraw();
        assertThat(hooks).isEmpty();

        line.set("goes back");
        signal();

        assertThat(told).containsExactly("goes back");
    }

    @Test
    void setWhenTheJvmIsEndingTellsAtOnce() {
        ending = true;
        line.set("goes on");

        assertThat(told).containsExactly("goes on");
    }

    private void signal() {
        ending = true;
        hooks.forEach(Thread::run);
    }

    private void refuseWhenEnding() {
        if (ending) {
            throw new IllegalStateException("Shutdown in progress");
        }
    }
}
