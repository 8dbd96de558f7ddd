package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PhasesTest {
    /** What a call names, and the last phase of those that it runs and that may be done. */
    @ParameterizedTest
    @CsvSource({
        "test-compile, test-compile",
        "test, test",
        "test package, package",
        "package test, package",
        "verify, verify",
        "install, verify",
        "deploy, verify",
        "ecs:help package, package",
        "validate, validate",
        "ecs:push, ''",
        "clean, ''",
        "site, ''",
    })
    void calledEndsWith(String goals, String last) {
        Set<String> called = Phases.called(List.of(goals.split(" ")));

        assertThat(called.isEmpty() ? "" : List.copyOf(called).get(called.size() - 1))
                .isEqualTo(last);
        assertThat(called).containsExactlyElementsOf(Phases.ALL.subList(0, called.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "validate, ''",
        "compile, process-resources",
        "test, process-test-classes",
        "verify, post-integration-test",
        "install, verify",
        "deploy, verify",
        "pre-clean, ''",
        "before:compile, ''",
    })
    void beforeEndsWith(String failed, String last) {
        Set<String> before = Phases.before(failed);

        assertThat(before.isEmpty() ? "" : List.copyOf(before).get(before.size() - 1))
                .isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "compile, compile",
        "pre-integration-test, pre-integration-test",
        "my-phase, my-phase",
        "resources, generate-resources",
        "after:resources, process-resources",
        "test-resources, generate-test-resources",
        "before:compile, compile",
        "after:compile, process-classes",
        "after:test-compile[100], process-test-classes",
        "ready, process-classes",
        "before:package, prepare-package",
        "before:integration-test, pre-integration-test",
        "after:integration-test, post-integration-test",
        "after:verify, verify",
        "before:all, all",
    })
    void knownIsMaven3sNameOfMaven4sPhases(String phase, String known) {
        assertThat(Phases.known(phase)).isEqualTo(known);
    }

    /** Phases that ran up to one, what was left out, and the known phases that count. */
    static Stream<Arguments> counted() {
        String all = "compile test-compile test package pre-integration-test integration-test verify";
        return Stream.of(
                Arguments.of("everything", "verify", Set.of(), all),
                Arguments.of("nothing", "", Set.of(), ""),
                Arguments.of("tests skipped", "package", Set.of(LeftOut.UNIT_TESTS), "compile test-compile package"),
                Arguments.of(
                        "all tests skipped",
                        "verify",
                        Set.of(LeftOut.UNIT_TESTS, LeftOut.INTEGRATION_TESTS),
                        "compile test-compile package"),
                Arguments.of(
                        "integration tests skipped",
                        "verify",
                        Set.of(LeftOut.INTEGRATION_TESTS),
                        "compile test-compile test package"),
                Arguments.of(
                        "tests not compiled: a jar of them lacks them",
                        "verify",
                        Set.of(LeftOut.TEST_CLASSES),
                        "compile"),
                Arguments.of(
                        "the container is gone that was started",
                        "pre-integration-test",
                        Set.of(),
                        "compile test-compile test package"),
                Arguments.of(
                        "integration tests ran and nobody has looked at their result",
                        "post-integration-test",
                        Set.of(),
                        "compile test-compile test package"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counted")
    void countedWhenPartsAreLeftOut(String label, String last, Set<LeftOut> leftOut, String expected) {
        Set<String> ran = new LinkedHashSet<>(Phases.ALL.subList(0, Phases.ALL.indexOf(last) + 1));

        Set<String> counted = Phases.counted(ran, leftOut);

        List<String> told = List.of(
                "compile", "test-compile", "test", "package", "pre-integration-test", "integration-test", "verify");
        assertThat(String.join(" ", told.stream().filter(counted::contains).toList()))
                .isEqualTo(expected);
    }
}
