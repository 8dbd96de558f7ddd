package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void textHasWhatWhyAndNext() {
        assertThat(Problem.ofProject("It failed.", List.of("a", "b"), "mend it.")
                        .text())
                .isEqualTo("It failed.\n  a\n  b\nNext: mend it.");
    }

    @Test
    void textWhenAFullStopIsMissingHasIt() {
        assertThat(Problem.ofProject("It failed", "run 'mvn verify'").text())
                .isEqualTo("It failed.\nNext: run 'mvn verify'.");
        assertThat(Problem.ofProject("Why?", "do one of:").text()).isEqualTo("Why?\nNext: do one of:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void problemWithoutANextStepIsRefusedAndKeepsItsCause(String next) {
        Exception cause = new IOException("disk");
        assertThatThrownBy(() -> Problem.ofMachine("It failed.", List.of(), next, cause))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A problem without a next step: 'It failed.'")
                .hasCause(cause);
        assertThatThrownBy(() -> Problem.ofProject(next, "mend it.")).isInstanceOf(IllegalArgumentException.class);
    }
}
