package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTextTest {
    private static final String MADE = "2026-11-27T06:40:12Z";

    static Stream<Arguments> lines() {
        Resumable packaged = done("package", "");
        Resumable earlier = new Resumable(packaged.phases(), Optional.of("2026-11-27T06:39:00Z"), Optional.empty());
        Resumable changed = Resumable.nothing("the sources have changed since " + MADE);
        return Stream.of(
                Arguments.of(
                        Map.of("a", packaged),
                        "verify",
                        "Resumed: compile, test-compile, test and package of " + MADE
                                + ", integration-test comes next."),
                Arguments.of(
                        Map.of("a", done("verify", "")),
                        "deploy",
                        "Resumed: compile, test-compile, test, package and verify of " + MADE
                                + ", install comes next."),
                Arguments.of(
                        Map.of("a", packaged),
                        "package",
                        "Resumed: compile, test-compile, test and package of " + MADE + ", nothing is left to do."),
                Arguments.of(
                        Map.of("a", done("process-resources", "")),
                        "test",
                        "Resumed: process-resources of " + MADE + ", compile comes next."),
                Arguments.of(
                        Map.of("a", done("test", "target/a.jar is missing")),
                        "verify",
                        "Resumed: compile, test-compile and test of " + MADE
                                + ", package comes next; target/a.jar is missing."),
                Arguments.of(Map.of("a", changed), "test", "Not resumed: the sources have changed since " + MADE + "."),
                Arguments.of(
                        inOrder("a", packaged, "b", changed, "c", earlier),
                        "package",
                        "Resumed in a and c: compile, test-compile, test and package of " + MADE
                                + ", nothing is left to do.\nNot resumed in b: the sources have changed since " + MADE
                                + "."),
                Arguments.of(
                        inOrder("a", packaged, "b", changed, "c", changed, "d", changed, "e", changed, "f", changed),
                        "package",
                        "Resumed in a: compile, test-compile, test and package of " + MADE
                                + ", nothing is left to do.\nNot resumed in 5 modules: the sources have changed since "
                                + MADE + "."));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("lines")
    void linesTellWhatIsDoneAndWhatComesNext(Map<String, Resumable> modules, String goal, String expected) {
        assertThat(String.join("\n", ResumeText.lines(modules, List.of(goal)))).isEqualTo(expected);
    }

    private static Resumable done(String last, String reason) {
        return new Resumable(
                Phases.called(List.of(last)),
                Optional.of(MADE),
                Optional.of(reason).filter(text -> !text.isEmpty()));
    }

    private static Map<String, Resumable> inOrder(Object... modules) {
        Map<String, Resumable> map = new LinkedHashMap<>();
        for (int at = 0; at < modules.length; at += 2) {
            map.put((String) modules[at], (Resumable) modules[at + 1]);
        }
        return map;
    }
}
