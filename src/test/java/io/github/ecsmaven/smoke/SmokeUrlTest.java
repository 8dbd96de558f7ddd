package io.github.ecsmaven.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmokeUrlTest {
    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "/health,               http://h:8080,       http://h:8080/health",
        "health,                http://h:8080,       http://h:8080/health",
        "health,                http://h/shop,       http://h/shop/health",
        "/health,               http://h/shop/,      http://h/health",
        "/health?full=1,        http://h,            http://h/health?full=1",
        "https://other/x,       http://h,            https://other/x",
    })
    void resolveIsAsInABrowser(String text, String base, URI expected) {
        assertThat(SmokeUrl.resolve(text, Optional.of(base))).contains(expected);
    }

    @Test
    void resolveOfARelativeOneNeedsTheAddress() {
        assertThat(SmokeUrl.resolve("/health", Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:word@h/x?token=s3cret,  https://h/x?…",
        "https://word@h:8443/x#part,          https://h:8443/x?…",
        "/health?key=s3cret,                  /health?…",
        "/health,                             /health",
    })
    void shownKeepsNoSecret(String text, String expected) {
        assertThat(SmokeUrl.shown(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h/x", "http:///x", "//h/x", "a b", "mailto:a@b.c", "{x}"})
    void requireRefusesWhatCantBeAsked(String text) {
        assertThatThrownBy(() -> SmokeUrl.require("ecs.smoke.url", text))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("can't be asked (ecs.smoke.url)");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/a,  http://h/b,        true",
        "http://h/a,  https://h/b,       true",
        "http://h/a,  http://H:81/b,     true",
        "https://h/a, http://h/b,        false",
        "http://h/a,  http://h.evil/b,   false",
        "http://h/a,  ftp://h/b,         false",
    })
    void sameHost(URI asked, URI next, boolean same) {
        assertThat(SmokeUrl.isSameHost(asked, next)).isEqualTo(same);
    }
}
