package io.github.ecsmaven.sandbox.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.sandbox.sts.SessionTokens.Session;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {
    private static final Session SESSION = new Session(
            "210987654321", "arn:aws:sts::210987654321:assumed-role/deploy/x", Instant.parse("2026-01-02T03:04:05Z"));

    private final SessionTokens tokens = new SessionTokens("secret");

    @Test
    void readWhenTheTokenIsOwnGivesTheSessionAlsoAfterARestart() {
        assertThat(new SessionTokens("secret").read(tokens.issue(SESSION))).contains(SESSION);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "a.b", "!.!", "IQoJb3JpZ2luX2VjE.x.y"})
    void readWhenTheTokenIsForeignGivesNothing(String token) {
        assertThat(tokens.read(token)).isEmpty();
        assertThat(new SessionTokens("other").read(tokens.issue(SESSION))).isEmpty();
    }
}
