package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "NPM_TOKEN, Connection refused, true",
        "LICENSE_API_KEY, Connection refused, true",
        "AWS_ACCESS_KEY_ID, Connection refused, true",
        "SIGNING_PRIVATE_KEY, Connection refused, true",
        "GPG_PASSPHRASE, Connection refused, true",
        "GIT_CREDENTIALS, Connection refused, true",
        "TEAM_WEBHOOK, Connection refused, true",
        "CLIENT_SECRET, Connection refused, true",
        "DB_PASSWD, Connection refused, true",
        "DB_PASS, Connection refused, true",
        "MYSQL_PWD, Connection refused, true",
        "REGISTRY_AUTH, Connection refused, true",
        "SENTRY_DSN, Connection refused, true",
        "OTEL_EXPORTER_OTLP_HEADERS, Connection refused, true",
        "spring.datasource.password, Connection refused, true",
        "dbPass, Connection refused, true",
        "NPM_TOKEN, refused, true",
        "NPM_TOKEN, 12.50, false",
        "PWD, Connection refused, false",
        "HOME, Connection refused, false",
        "COMPASS, Connection refused, false",
        "BYPASS_PATH, Connection refused, false",
    })
    void hideWhenAVariableIsNamedLikeOneHidesItsValue(String name, String value, boolean hidden) {
        Secrets secrets = new Secrets(Secrets.of(Map.of(name, value)));

        assertThat(secrets.hide("Connection refused: 12.50").contains(value)).isNotEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/builds, https://ci.example.com/builds/12, https://ci.example.com/builds/12",
        "https://hooks.example.com/services/T024/B0SECRET, at /services/T024/B0SECRET, at ***",
        "https://hooks.example.com/x?sig=0123456789abcdef, with sig=0123456789abcdef, with ***",
    })
    void hideWhenAnAddressIsSecretLeavesOrdinaryWords(URI address, String text, String hidden) {
        assertThat(new Secrets(Secrets.of(address)).hide(text)).isEqualTo(hidden);
    }

    /** What is cut in two, coloured or part of an address is not found any more. */
    @ParameterizedTest
    @CsvSource({
        "'%s', '***'",
        "'login %s failed', 'login *** failed'",
        "'\u001B[1mcorrect\u001B[m horse', '***'",
        "'ssh://deploy:%s@git.example.com/a', 'ssh://git.example.com/a'",
    })
    void lineHidesBeforeAnythingElseOfItIsChanged(String text, String told) {
        Secrets secrets = new Secrets(List.of("correct horse"));

        assertThat(CleanText.line(text.formatted("correct horse"), secrets)).isEqualTo(told);
    }

    @Test
    void lineHidesWhatStandsAcrossItsEnd() {
        Secrets secrets = new Secrets(List.of("correct horse"));
        for (int at = CleanText.MOST_SIGNS - 20; at <= CleanText.MOST_SIGNS; at++) {
            String line = CleanText.line("x".repeat(at) + "correct horse and more", secrets);

            assertThat(line).doesNotContain("co").hasSizeLessThanOrEqualTo(CleanText.MOST_SIGNS);
        }
    }

    @Test
    void ofAnAddressThatIsALoginHidesAllOfIt() {
        URI address = URI.create("https://hook:t0ken@hooks.example.com/a");

        assertThat(CleanText.line("to " + address, new Secrets(Secrets.of(address))))
                .isEqualTo("to ***");
    }
}
