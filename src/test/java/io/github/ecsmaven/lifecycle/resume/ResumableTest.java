package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResumableTest {
    private static final String MADE = "2026-11-27T06:40:12Z";

    /** Phases that are recorded, files that are gone, and what is still done of the known phases. */
    static Stream<Arguments> files() {
        String packaged = "compile test-compile test package";
        String all = packaged + " verify";
        return Stream.of(
                Arguments.of("all is there", all, "", all, ""),
                Arguments.of("no classes", all, "target/classes", "", "target/classes is missing"),
                Arguments.of("no jar", all, "target/a.jar", "compile test-compile test", "target/a.jar is missing"),
                Arguments.of(
                        "no other jar",
                        packaged,
                        "target/a-sources.jar",
                        "compile test-compile test",
                        "target/a-sources.jar is missing"),
                Arguments.of("no POM", all, "small.xml", "compile test-compile test", "small.xml is missing"),
                Arguments.of("no test classes, and no test is left to run", all, "target/test-classes", all, ""),
                Arguments.of(
                        "no test classes for the integration tests",
                        packaged,
                        "target/test-classes",
                        "compile test package",
                        "target/test-classes is missing"),
                Arguments.of(
                        "no test classes for the unit tests",
                        "compile test-compile",
                        "target/test-classes",
                        "compile",
                        "target/test-classes is missing"),
                Arguments.of(
                        "neither jar nor test classes",
                        all,
                        "target/a.jar target/test-classes",
                        "compile test",
                        "target/a.jar is missing"),
                Arguments.of("no jar, which was not made yet", "compile", "target/a.jar", "compile", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void evaluateWhenFilesAreGone(String label, String phases, String gone, String done, String reason) {
        Set<String> missing = Set.of(gone.split(" "));

        Resumable resumable = Resumable.evaluate(
                record(phases),
                new Resumable.Now("shop:a:1", List.of("ci"), "sha256:1", file -> !missing.contains(file)));

        assertThat(String.join(" ", resumable.phases())).isEqualTo(done);
        assertThat(resumable.reason().orElse("")).isEqualTo(reason);
        assertThat(resumable.since()).isEqualTo(Optional.of(MADE).filter(made -> !done.isEmpty()));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("shop:a:2", "ci", "sha256:1", "target is of shop:a:1"),
                Arguments.of("shop:a:1", "ci", "sha256:2", "the sources have changed since " + MADE),
                Arguments.of("shop:a:1", "prod x", "sha256:1", "other profiles are active: prod, x, and before ci"),
                Arguments.of("shop:a:1", "", "sha256:1", "other profiles are active: none, and before ci"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("others")
    void evaluateWhenItIsOfSomethingElse(String project, String profiles, String sources, String reason) {
        List<String> active = profiles.isEmpty() ? List.of() : List.of(profiles.split(" "));

        Resumable resumable =
                Resumable.evaluate(record("compile test"), new Resumable.Now(project, active, sources, file -> true));

        assertThat(resumable).isEqualTo(Resumable.nothing(reason));
    }

    private static PhaseRecord record(String phases) {
        return new PhaseRecord(
                "shop:a:1",
                MADE,
                "sha256:1",
                List.of("ci"),
                new ArrayList<>(List.of(phases.split(" "))),
                Optional.of("target/classes"),
                Optional.of("target/test-classes"),
                Optional.of("target/a.jar"),
                List.of(new PhaseRecord.Attached("java-source", Optional.of("sources"), "jar", "target/a-sources.jar")),
                Optional.of("small.xml"),
                new PhaseRecord.Roots(List.of(), List.of()));
    }
}
