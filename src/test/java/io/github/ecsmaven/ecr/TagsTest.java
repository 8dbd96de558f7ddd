package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                | 1.4.0     | 0a1b2c3d4e5f6789 | 1.4.0 git-0a1b2c3d4e5f",
                "                | 1.4.0+7   |                  | 1.4.0_7",
                "latest v1 latest | 1.4.0   | 0a1b2c3d4e5f6789 | latest v1",
            })
    void ofWhenValidGivesEachTagOnce(String configured, String version, String commit, String expected) {
        assertThat(Tags.of(
                        configured == null ? List.of() : List.of(configured.split(" ")),
                        version,
                        Optional.ofNullable(commit)))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", ".a", "a b", "a/b", "1.0+2"})
    void ofWhenNotValidIsAProblem(String configured) {
        assertThatThrownBy(() -> Tags.of(List.of(configured), "1.0", Optional.empty()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.text()).contains("ecs.tags"));
    }
}
