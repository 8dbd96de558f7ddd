package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import org.junit.jupiter.api.Test;

class BadValuesTest {
    @Test
    void refuseWhenNothingWasSaidDoesNothing() {
        BadValues bad = new BadValues(true);
        bad.read("hello", () -> {});

        assertThatCode(bad::refuse).doesNotThrowAnyException();
    }

    @Test
    void refuseWhenTwoGoalsSayTheSameTellsItOnceAsItIs() {
        BadValues bad = new BadValues(false);
        bad.read("orders", () -> refuse("one"));
        bad.read("orders", () -> refuse("one"));

        assertThat(text(bad)).isEqualTo("one is wrong.\nNext: write it right.");
    }

    @Test
    void refuseInAReactorNamesTheModules() {
        BadValues bad = new BadValues(true);
        bad.read("hello", () -> refuse("one"));
        bad.read("hello", () -> refuse("two"));
        bad.read("farewell", () -> refuse("one"));

        assertThat(text(bad)).isEqualTo("""
                        2 values can't be right.
                          one is wrong.
                            In farewell, hello.
                            Next: write it right.
                          two is wrong.
                            In hello.
                            Next: write it right.
                        Next: correct them, and run it again.""");
    }

    private static void refuse(String what) {
        throw Problem.ofProject(what + " is wrong.", "write it right.");
    }

    private static String text(BadValues bad) {
        return catchThrowableOfType(Problem.class, bad::refuse).text();
    }
}
