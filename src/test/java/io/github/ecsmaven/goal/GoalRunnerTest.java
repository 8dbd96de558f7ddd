package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ecsmaven.Problem;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoalRunnerTest {
    private static final RuntimeException FOREIGN = new IllegalStateException("a long text of a library");

    @ParameterizedTest
    @EnumSource
    void runWhenAProblemHasAForeignCauseHandsItOnWithShowErrorsOnly(Problem.Blame blame) {
        Problem problem = new Problem(blame, "It failed.", List.of(), "mend it.", FOREIGN);

        Throwable shown = thrown(problem, false);

        assertThat(shown)
                .isInstanceOf(
                        blame == Problem.Blame.MACHINE ? MojoExecutionException.class : MojoFailureException.class)
                .hasMessage("It failed.\nNext: mend it.")
                .hasNoCause();
        assertThat(thrown(problem, true)).hasRootCause(FOREIGN);
    }

    @Test
    void runTellsNoSecretThatAnApplicationHasPrinted() {
        Problem problem = Problem.ofProject("It ended.", List.of("token=glcbt-64_very"), "mend it.");
        for (boolean showErrors : new boolean[] {false, true}) {
            assertThat(catchThrowable(() -> run(problem, showErrors)))
                    .hasMessage("It ended.\n  token=***\nNext: mend it.");
            assertThat(catchThrowable(() -> run(new IllegalStateException("glcbt-64_very"), showErrors)))
                    .hasMessageStartingWith("The plugin broke: java.lang.IllegalStateException: ***");
        }
    }

    /** The advice is to run with {@code -e}: there is a trace then, too. */
    @Test
    void runWithATraceThatHasASecretHandsItOnWithoutTheSecret() {
        IllegalStateException inner = new IllegalStateException("token glcbt-64_very");
        IllegalStateException error = new IllegalStateException("it broke", inner);

        Throwable shown = catchThrowable(() -> run(error, true));

        assertThat(shown).rootCause().hasMessage("java.lang.IllegalStateException: token ***");
        assertThat(shown.getCause()).hasMessage("java.lang.IllegalStateException: it broke");
        assertThat(shown.getCause().getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(catchThrowable(() -> run(error, false))).hasNoCause();
    }

    private static void run(RuntimeException error, boolean showErrors) throws Exception {
        GoalRunner.run(
                () -> {
                    throw error;
                },
                showErrors,
                text -> text.replace("glcbt-64_very", "***"));
    }

    private static Throwable thrown(Problem problem, boolean showErrors) {
        return catchThrowable(() -> GoalRunner.run(
                () -> {
                    throw problem;
                },
                showErrors));
    }
}
