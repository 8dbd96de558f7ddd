package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    @ParameterizedTest
    @CsvSource({
        "CRITICAL, CRITICAL, true",
        "HIGH, CRITICAL, false",
        "CRITICAL, HIGH, true",
        "LOW, MEDIUM, false",
        "UNDEFINED, LOW, false",
        "UNTRIAGED, LOW, false",
        "UNDEFINED, UNDEFINED, true",
        "INFORMATIONAL, UNDEFINED, true",
    })
    void isAtLeast(String seen, String limit, boolean fails) {
        assertThat(Severity.seen(seen).isAtLeast(Severity.of("ecs.scan.failOn", limit)))
                .isEqualTo(fails);
    }

    @Test
    void ofWhenItIsNoneNamesAll() {
        Problem problem = catchThrowableOfType(Problem.class, () -> Severity.of("ecs.scan.failOn", "critcal"));
        assertThat(problem.text())
                .isEqualTo("'critcal' is not a severity (ecs.scan.failOn).\nNext: write one of CRITICAL, HIGH, MEDIUM,"
                        + " LOW, INFORMATIONAL, UNDEFINED; the nearest is CRITICAL.");
        assertThat(Severity.of("ecs.scan.failOn", " high ")).isEqualTo(Severity.HIGH);
    }
}
