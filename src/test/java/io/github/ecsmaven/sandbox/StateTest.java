package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateTest {
    private final State state = State.fresh(new SecureRandom());

    @Test
    void stopProofIsAnotherForEachEndAndNoneIsThatOfAQuestion() {
        assertThat(Stream.of(Admin.End.values()).map(state::stopProof))
                .doesNotHaveDuplicates()
                .doesNotContain(state.proof(Admin.STOP), state.proof("health "));
    }

    @Test
    void stopProofForAnOlderProcessIsTheOneThatItKnows() {
        State old = new State(4747, 1, 1, state.region(), "key", state.secretAccessKey(), "", null);
        assertThat(old.stopProof(Admin.End.KEEP)).isEqualTo(state.proof(Admin.STOP));
    }
}
