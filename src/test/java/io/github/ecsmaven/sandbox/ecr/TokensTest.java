package io.github.ecsmaven.sandbox.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.ecr.Tokens.Answer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private final Tokens tokens = new Tokens("secret", Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({"1, VALID", "0, EXPIRED", "-5, EXPIRED"})
    void checkWhenSecondsLeftAre(int left, Answer answer) {
        assertThat(tokens.check("Basic " + tokens.issue(NOW.plusSeconds(left)))).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({", MISSING", "Bearer abc, MISSING", "Basic %%%, INVALID", "Basic QVdTOmJhZA==, INVALID"})
    void checkWhenHeaderIs(String header, Answer answer) {
        assertThat(tokens.check(header)).isEqualTo(answer);
    }

    @Test
    void checkWhenSignedByAnotherIsInvalid() {
        Tokens other = new Tokens("other", Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(tokens.check("Basic " + other.issue(NOW.plusSeconds(9)))).isEqualTo(Answer.INVALID);
    }
}
