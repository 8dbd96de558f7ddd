package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.goal.ReportedTests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestedImageTest {
    private static final String FAILED = "<completed>3</completed><errors>0</errors><failures>2</failures>";
    private static final String PASSED = "<completed>3</completed><errors>0</errors><failures>0</failures>";
    private static final Digest BUILT = new Digest("sha256:" + "a".repeat(64));
    private static final Digest OTHER = new Digest("sha256:" + "b".repeat(64));

    @TempDir
    Path target;

    @Test
    void requireWhenTheImageIsMarkedLetsItPass() {
        new TestedImage(BUILT, Optional.empty()).mark(files());

        TestedImage.require(files(), BUILT);
    }

    @Test
    void requireWhenNothingIsRecordedRefuses() {
        assertRefused(BUILT, "no passed tests are recorded");
    }

    @Test
    void requireWhenAnotherImageWasTestedRefuses() {
        new TestedImage(OTHER, Optional.empty()).mark(files());

        assertRefused(BUILT, "the tests ran with " + OTHER);
    }

    @Test
    void requireWhenTestsFailedAfterTheMarkRefuses() throws IOException {
        new TestedImage(BUILT, Optional.empty()).mark(files());
        report(FAILED);

        assertRefused(BUILT, "failed tests are reported");
    }

    @ParameterizedTest(name = "phase {0}, tests {1}")
    @CsvSource({
        "post-integration-test, PASSED, true",
        "post-integration-test, NONE, true",
        "post-integration-test, FAILED, false",
        "verify, NONE, true",
        "deploy, NONE, true",
        // Bound where the tests are still to come, or perhaps are.
        "pre-integration-test, NONE, false",
        "integration-test, NONE, false",
        "integration-test, PASSED, true",
        "package, NONE, false",
        // Called on the command line.
        ", NONE, false",
        ", FAILED, false",
        ", PASSED, true"
    })
    void isProvedWhenTheLifecycleOrAReportSaysSo(String phase, ReportedTests.Outcome tests, boolean proved) {
        assertThat(TestedImage.isProved(phase, tests)).isEqualTo(proved);
    }

    @Test
    void sinceWhenTheReportIsOlderThanTheStartCountsAFailureOnly() throws IOException {
        Instant later = Instant.now().plus(Duration.ofHours(1));
        assertThat(ReportedTests.since(Instant.MIN, files().failsafeSummary())).isEqualTo(Outcome.NONE);
        report(PASSED);
        assertThat(ReportedTests.since(Instant.MIN, files().failsafeSummary())).isEqualTo(Outcome.PASSED);
        assertThat(ReportedTests.since(later, files().failsafeSummary())).isEqualTo(Outcome.NONE);
        report(FAILED);
        assertThat(ReportedTests.since(later, files().failsafeSummary())).isEqualTo(Outcome.FAILED);
    }

    @Test
    void forgetWhenANewImageBeginsTakesTheMarkAndTheOldReportAway() throws IOException {
        new TestedImage(BUILT, Optional.empty()).mark(files());
        report(FAILED);

        files().forget(Instant.now().plus(Duration.ofHours(1)));

        assertThat(files().tested()).doesNotExist();
        assertThat(files().failsafeSummary()).doesNotExist();
    }

    @Test
    void forgetWhenANewImageBeginsTakesTheLogsAway() throws IOException {
        Files.createDirectories(files().folder());
        for (Path log : List.of(files().containerLog(), files().serviceLog("db"), files().serviceLog("queue"))) {
            Files.writeString(log, "x");
        }

        files().forget(Instant.now());

        assertThat(files().folder()).isEmptyDirectory();
    }

    @Test
    void forgetWhenTheReportIsOfThisSessionKeepsItForFailsafe() throws IOException {
        report(FAILED);

        files().forget(Instant.now().minus(Duration.ofHours(1)));

        assertThat(files().failsafeSummary()).exists();
    }

    private void assertRefused(Digest digest, String why) {
        assertThatThrownBy(() -> TestedImage.require(files(), digest))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .startsWith("The image " + digest + " has not passed the integration tests.")
                        .contains(why, "mvn verify"));
    }

    private GoalFiles files() {
        return new GoalFiles(target);
    }

    private void report(String xml) throws IOException {
        Files.createDirectories(files().failsafeSummary().getParent());
        Files.writeString(files().failsafeSummary(), xml);
    }
}
