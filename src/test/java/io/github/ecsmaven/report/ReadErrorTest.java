package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
