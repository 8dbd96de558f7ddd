package io.github.ecsmaven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    /** A call that makes a problem, with an empty literal among its arguments. */
    private static final Pattern EMPTY_PART = Pattern.compile(
            "\\b(?:ofProject|ofMachine|new Problem)\\((?:(?!;\\n).)*?[,(]\\s*\"\"\\s*[,)]", Pattern.DOTALL);

    @Test
    void textHasWhatWhyAndNext() {
        assertThat(Problem.ofProject("It failed.", List.of("a", "b"), "mend it.")
                        .text())
                .isEqualTo("It failed.\n  a\n  b\nNext: mend it.");
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

    /** Also on the paths that no test goes. */
    @Test
    void noProblemOfTheSourcesIsMadeWithAnEmptyPart() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(EMPTY_PART));
        }
    }
}
