package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateGateTest {
    private final CreateGate gate = new CreateGate();

    @Test
    void enterAfterTheEndIsRefused() {
        gate.enter().close();
        gate.end();
        assertThatThrownBy(gate::enter).isInstanceOf(Problem.class).hasMessageContaining("is ending");
    }

    @Test
    void endWaitsForEachThatIsUnderWay() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CreateGate.Pass first = gate.enter();
        CreateGate.Pass second = gate.enter();
        first.leave();
        first.leave();
        Thread end = new Thread(() -> {
            gate.end();
            order.add("ended");
        });
        end.start();
        TestEngine.await("the end has begun", () -> end.getState() == Thread.State.TIMED_WAITING);
        order.add("left");
        second.close();
        end.join();
        assertThat(order).containsExactly("left", "ended");
    }
}
