package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadErrorTest {
    @Test
    void ofOurOwnTakesItApart() {
        String text = Problem.ofProject("orders was rolled back", List.of("Last lines:", "  at A"), "add DB_URL")
                .text();

        BuildRecord.StageError error = ReadError.of(text, Secrets.NONE);

        assertThat(error.what()).isEqualTo("orders was rolled back.");
        assertThat(error.evidence()).containsExactly("Last lines:", "  at A");
        assertThat(error.next()).hasValue("add DB_URL.");
    }

    @Test
    void ofTheCompilerKeepsItsLinesWithoutColours() {
        BuildRecord.StageError error = ReadError.of(
                "Compilation failure: \n\u001B[1m/src/A.java:[3,5]\u001B[m cannot find symbol\n  symbol: b\n",
                Secrets.NONE);

        assertThat(error.what()).isEqualTo("Compilation failure:");
        assertThat(error.evidence()).containsExactly("/src/A.java:[3,5] cannot find symbol", "symbol: b");
        assertThat(error.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "There are test failures., 1, 0, 1, 1 of 1 test failed: shop.OrdersTest.total.",
        "There are test failures., 1, 1, 41, '2 of 41 tests failed, the first: shop.OrdersTest.total.'",
        "There was a timeout in the fork, 1, 0, 41, There was a timeout in the fork",
        "There are test failures., 0, 0, 41, There are test failures."
    })
    void withTestsNamesTheFirst(String text, int failed, int errors, int run, String what) {
        BuildRecord.StageError error = ReadError.of(
                text + "\n\nSee target/surefire-reports for the individual test results.\n"
                        + "See dump files (if any exist) [date].dump.",
                Secrets.NONE);
        List<BuildRecord.Failure> failures = failed == 0
                ? List.of()
                : List.of(new BuildRecord.Failure(
                        "shop.OrdersTest.total", "expected: 2", Optional.empty(), Optional.empty()));

        BuildRecord.StageError named =
                ReadError.withTests(error, new BuildRecord.Tests(run, failed, errors, 0, failures));

        assertThat(named.what()).isEqualTo(what);
        assertThat(named.evidence())
                .contains("See target/surefire-reports for the individual test results.")
                .hasSize(named.equals(error) ? 2 : 1);
    }

    @Test
    void ofTextWithALoginAndWithoutEndLeavesBothOut() {
        BuildRecord.StageError error = ReadError.of(
                "fetch https://me:secret@git.example.com/a failed\n" + "x".repeat(5_000) + "\ny\n".repeat(500),
                Secrets.NONE);

        assertThat(error.what()).isEqualTo("fetch https://git.example.com/a failed");
        assertThat(error.evidence()).hasSizeLessThan(100).allMatch(line -> line.length() <= 400);
    }

    @Test
    void ofTextWithSecretsHidesThemInAllItsParts() {
        String text = Problem.ofProject(
                        "login with s3cr3t failed", List.of("key:", "  line 1", "  s3cr3t"), "correct s3cr3t")
                .text();

        BuildRecord.StageError error = ReadError.of(text, new Secrets(List.of("s3cr3t", "line 1\n    s3cr3t")));

        assertThat(error.what()).isEqualTo("login with *** failed.");
        assertThat(error.evidence()).containsExactly("key:", "  ***");
        assertThat(error.next()).hasValue("correct ***.");
    }

    @Test
    void ofADeadContainersLongLogKeepsWhyItEndedAndTheStackTrace() {
        String text = Problem.ofProject(
                        "the container ended",
                        Stream.concat(
                                        Stream.of("Exit code 1.", "Last lines:"),
                                        IntStream.rangeClosed(1, 70).mapToObj(line -> "line " + line))
                                .toList(),
                        "mend it")
                .text();

        assertThat(ReadError.of(text, Secrets.NONE).evidence())
                .hasSize(60)
                .startsWith("Exit code 1.", "Last lines:")
                .endsWith("line 70");
        assertThat(ReadError.of(text, Secrets.NONE).next()).hasValue("mend it.");
    }
}
