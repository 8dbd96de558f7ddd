package io.github.ecsmaven.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.Builds;
import io.github.ecsmaven.report.ReadError;
import io.github.ecsmaven.report.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    private static final Map<String, String> GITHUB = Map.of("GITHUB_WORKSPACE", "/home/runner/work/shop/shop");
    private static final Annotations BELOW =
            new Annotations(SourceFiles.of(GITHUB, Path.of("/home/runner/work/shop/shop/back end")));

    @Test
    void ofAFailedTestNamesItsLineBelowTheRepository() {
        BuildRecord build = Builds.withStages(failed(
                "integration tests",
                "There are test failures.",
                new Failure(
                        "shop.CheckoutIT.total",
                        "50% of 1,20: a::b\nnext",
                        Optional.of("src/test/java/shop/CheckoutIT.java"),
                        Optional.of(42))));

        assertThat(BELOW.of(build))
                .containsExactly("::error file=back end/src/test/java/shop/CheckoutIT.java,line=42,"
                        + "title=shop.CheckoutIT.total failed::50%25 of 1,20: a::b%0Anext");
    }

    @Test
    void ofTheCompilerAreItsLines() {
        BuildRecord build = Builds.withStages(failed(
                "compile", "Compilation failure\nsrc/A.java:[5,13] ';' expected\n/opt/gen/B.java:[7] bad, worse"));

        assertThat(BELOW.of(build))
                .containsExactly(
                        "::error file=back end/src/A.java,line=5,title=compile failed::';' expected",
                        "::error title=compile failed::bad, worse");
    }

    @Test
    void ofAnyOtherFailureSaysWhatAndNext() {
        BuildRecord build = Builds.withStages(failed(
                "push", "ECR refused, twice: the tag exists.\n  evidence\nNext: choose another tag (ecs.tags)."));

        assertThat(BELOW.of(build))
                .containsExactly("::error title=push failed::ECR refused, twice: the tag exists.%0A"
                        + "Next: choose another tag (ecs.tags).");
    }

    @Test
    void ofManyAreAsManyAsAStepShows() {
        BuildRecord.Stage broken = failed(
                "unit tests",
                "There are test failures.",
                IntStream.range(0, 30)
                        .mapToObj(number -> new Failure("shop.Test" + number, "no", Optional.empty(), Optional.empty()))
                        .toArray(Failure[]::new));
        assertThat(BELOW.of(Builds.withStages(broken))).hasSize(10);
        assertThat(BELOW.of(Builds.withStages())).isEmpty();
    }

    @Test
    void ofAProjectOutsideTheRepositoryNameNoFile() {
        Annotations outside = new Annotations(SourceFiles.of(GITHUB, Path.of("/home/runner/work/shop/shop-else")));
        assertThat(outside.of(Builds.withStages(failed("compile", "Compilation failure\nsrc/A.java:[5,13] no"))))
                .containsExactly("::error title=compile failed::no");
    }

    static BuildRecord.Stage failed(String stage, String error, Failure... failures) {
        Optional<BuildRecord.Tests> tests = Optional.of(
                        new BuildRecord.Tests(failures.length + 3, failures.length, 0, 1, List.of(failures)))
                .filter(some -> failures.length > 0);
        return new BuildRecord.Stage(
                stage,
                BuildRecord.Status.FAILED,
                Optional.of("2026-11-26T14:53:46.990Z"),
                21.7,
                Optional.of(ReadError.of(error, Secrets.NONE)),
                tests);
    }
}
