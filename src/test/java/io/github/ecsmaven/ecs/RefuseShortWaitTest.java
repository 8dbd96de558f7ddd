package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RolloutRequest.Wait;
import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefuseShortWaitTest {
    @Test
    void checkWhenItBakesForLongerNamesWhatWouldDo() {
        Strategy strategy =
                new Strategy(Strategy.Kind.BLUE_GREEN, Duration.ofMinutes(30), 100, Duration.ZERO, List.of());
        assertThat(refusal(strategy, Duration.ofMinutes(15)).text()).isEqualTo("""
                        The rollout of orders in uat can't be at its end within ecs.timeout (15 min 0 s).
                          Its deployment configuration is blue/green, bakes 30 min: that takes 30 min, and the new tasks have to start before.
                        Next: set ecs.timeout=45m, or ecs.waitFor=traffic, which does not wait for the bake time.""");
    }

    @Test
    void checkWhenTheStepsAloneAreTooLongOffersNoShortcut() {
        Strategy strategy =
                new Strategy(Strategy.Kind.LINEAR, Duration.ZERO, 10, Duration.ofMinutes(6), List.of(List.of()));
        assertThat(refusal(strategy, Duration.ofMinutes(15)).next()).isEqualTo("set ecs.timeout=69m.");
    }

    @Test
    void checkWhenTheWaitIsLongEnoughSaysNothing() {
        Strategy strategy =
                new Strategy(Strategy.Kind.BLUE_GREEN, Duration.ofMinutes(14), 100, Duration.ZERO, List.of());
        check(strategy, Duration.ofMinutes(15));
        check(Strategy.ROLLING, Duration.ofSeconds(1));
    }

    private static Problem refusal(Strategy strategy, Duration timeout) {
        return catchThrowableOfType(Problem.class, () -> check(strategy, timeout));
    }

    private static void check(Strategy strategy, Duration timeout) {
        RefuseShortWait.check("uat", "orders", strategy, new Wait(WaitFor.complete, timeout));
    }
}
