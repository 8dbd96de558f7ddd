package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullStallTest {
    private static final Instant BEGIN = Instant.EPOCH;

    @ParameterizedTest(name = "{0} bytes, then {1} after {2} s, asked after {3} s: {4}")
    @CsvSource({
        "0,  0,   1, 299, false",
        "0,  0,   1, 300, true",
        "0,  0, 200, 300, true",
        "10, 10, 299, 301, true",
        "10, 11, 299, 301, false",
        "10, 11, 299, 598, false",
        "10, 11, 299, 599, true"
    })
    void tooLongWhenNothingMoreHasComeForFiveMinutes(long first, long second, int at, int asked, boolean expected) {
        PullStall stall = PullStall.beginning(BEGIN).seen(first, BEGIN).seen(second, BEGIN.plusSeconds(at));
        assertThat(stall.tooLong(BEGIN.plusSeconds(asked))).isEqualTo(expected);
    }

    @Test
    void pullWhenTheRegistryStandsStillEndsWithTheLastFigures() {
        VirtualClock clock = new VirtualClock(BEGIN);
        Deque<Integer> moved = new ArrayDeque<>(List.of(5, 12, 12, 12, 12));
        Keeper keeper = new Keeper(request -> {
            clock.moveOn(Duration.ofMinutes(2));
            int megabytes = moved.remove();
            return "{\"ok\":{\"over\":false,\"done\":" + megabytes + "000000,\"total\":150000000,\"moved\":" + megabytes
                    + "}}";
        });
        Problem problem = catchThrowableOfType(
                Problem.class, () -> keeper.pull(List.of("postgres:16"), clock, (done, total) -> {}));
        assertThat(problem.blame()).isEqualTo(Problem.Blame.MACHINE);
        assertThat(problem.text())
                .startsWith("The image 'postgres:16' of a service (ecs.test.services) can't be pulled.\n"
                        + "  Nothing has come for 5 m")
                .contains(", after 12 MB of 150 MB.\nNext: connect the engine to the registry");
        assertThat(moved).isEmpty();
    }
}
