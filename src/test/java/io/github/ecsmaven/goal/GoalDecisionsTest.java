package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.sandbox.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalDecisionsTest {
    @ParameterizedTest
    @CsvSource({"skipTests,,true", "skipITs,true,true", "ecs.test.skip,false,false", "maven.test.skip,true,true"})
    void byWhenASwitchIsSetNamesIt(String name, String value, boolean skipped) {
        Properties user = new Properties();
        user.setProperty(name, value == null ? "" : value);

        assertThat(SkippedTests.by(List.of(user))).isEqualTo(skipped ? Optional.of(name) : Optional.empty());
    }

    @Test
    void byWhenTheCommandLineSaysFalseThePomDoesNotCount() {
        Properties user = new Properties();
        user.setProperty("skipITs", "false");
        Properties pom = new Properties();
        pom.setProperty("skipITs", "true");

        assertThat(SkippedTests.by(List.of(user, pom))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<completed>3</completed><errors>0</errors><failures>0</failures><skipped>2</skipped><failureMessage/>, PASSED",
        "<completed>2</completed><errors>0</errors><failures>0</failures><skipped>2</skipped>, NONE",
        "<completed>0</completed><errors>0</errors><failures>0</failures><skipped>0</skipped>, NONE",
        "<completed>2</completed><errors>0</errors><failures>2</failures>, FAILED",
        "<completed>1</completed><errors>1</errors><failures>0</failures>, FAILED",
        "<completed>0</completed><errors>0</errors><failureMessage>fork died</failureMessage>, FAILED",
        "<failsafe-summary timeout=\"true\"><completed>1</completed>, FAILED"
    })
    void ofReadsTheSummary(String xml, ReportedTests.Outcome outcome) {
        assertThat(ReportedTests.of(xml)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0  | The log of the container is empty (a.log).",
                "1  | Last line of the container (a.log):",
                "30 | Last 30 lines of the container (a.log):"
            })
    void headingCountsTheLines(int lines, String text) {
        assertThat(StopMojo.heading(lines, "the container", Path.of("a.log"))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"999, 999 B", "12345, 12 kB", "1500000, 1.5 MB", "61000000, 61 MB"})
    void showWhenReadByAPersonRounds(long bytes, String text) {
        assertThat(ByteText.show(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FRESH    | Sandbox started at http://127.0.0.1:4747 (it stays; mvn ecs:sandbox-stop ends it)",
                "IN_PLACE | Sandbox started at http://127.0.0.1:4747 in the place of one of an older build of the plugin; its"
                        + " services were away for a moment (it stays; mvn ecs:sandbox-stop ends it)"
            })
    void startedWhenAnOlderBuildWasReplacedSaysSo(Sandbox.Start start, String text) {
        assertThat(AwsMojo.started(URI.create("http://127.0.0.1:4747"), start)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4747, true",
        "http://LOCALHOST:4747, true",
        "http://[::1]:4747, true",
        "https://192.0.2.1, false",
        "http://localhost.example.com, false",
        "http://127.0.0.1@192.0.2.1/, false",
        "file:/tmp, false"
    })
    void isLoopbackWhenTheEndpointIsLiterallyHere(URI endpoint, boolean here) {
        assertThat(AwsMojo.isLoopback(endpoint)).isEqualTo(here);
    }

    @Test
    void requireLoopbackWhenTheEndpointIsElsewhereRefuses() {
        AwsMojo.requireLoopback("ecs.endpoint", "http://127.0.0.1:4747", true);
        assertThatThrownBy(() -> AwsMojo.requireLoopback("ecs.endpoint", "https://192.0.2.1", false))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("not on this machine");
    }

    @ParameterizedTest
    @CsvSource({"17, 17", "1.8, 8", "next, 0"})
    void majorWhenWrittenInBothForms(String text, int expected) {
        assertThat(ProjectContents.major(text)).isEqualTo(expected);
    }
}
