package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestedImageTest {
    private static final String FAILED = "<errors>0</errors><failures>2</failures>";
    private static final Digest BUILT = new Digest("sha256:" + "a".repeat(64));
    private static final Digest OTHER = new Digest("sha256:" + "b".repeat(64));

    @TempDir
    Path target;

    @Test
    void requireWhenTheImageIsMarkedLetsItPass() {
        TestedImage.mark(files(), BUILT);

        TestedImage.require(files(), BUILT);
    }

    @Test
    void requireWhenNothingIsRecordedRefuses() {
        assertRefused(BUILT, "no passed tests are recorded");
    }

    @Test
    void requireWhenAnotherImageWasTestedRefuses() {
        TestedImage.mark(files(), OTHER);

        assertRefused(BUILT, "the tests ran with " + OTHER);
    }

    @Test
    void requireWhenTestsFailedAfterTheMarkRefuses() throws IOException {
        TestedImage.mark(files(), BUILT);
        report(FAILED);

        assertRefused(BUILT, "failed tests are reported");
    }

    @Test
    void markWhenTestsFailedLeavesNone() throws IOException {
        report(FAILED);

        TestedImage.mark(files(), BUILT);

        assertThat(files().tested()).doesNotExist();
    }

    @Test
    void forgetWhenANewImageBeginsTakesTheMarkAndTheOldReportAway() throws IOException {
        TestedImage.mark(files(), BUILT);
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
