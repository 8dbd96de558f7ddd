package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.smoke.SmokeRequest;
import io.github.ecsmaven.smoke.SmokeRequest.BrowserUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeOptionsTest {
    private static final SmokeOptions USUAL = new SmokeOptions(
            Optional.of("/health, https://shop.example.com/"),
            "200",
            Optional.empty(),
            Optional.of("$.status=UP"),
            "5",
            "60s",
            "10s",
            Map.of("X-Tenant", "uat"),
            BrowserUse.FALSE);

    @Test
    void readOfThoseForAll() {
        SmokeRequest request = USUAL.read(Map.of()).orElseThrow();

        assertThat(request.urls()).containsExactly("/health", "https://shop.example.com/");
        assertThat(request.words()).isEqualTo("/health, https://shop.example.com/ for status 200 and $.status=UP");
        assertThat(request.needsAddress()).isTrue();
        assertThat(request.patience())
                .isEqualTo(new SmokeRequest.Patience(5, Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(request.headers()).containsExactly(Map.entry("X-Tenant", "uat"));
    }

    @Test
    void ofServiceTakesItsOwnBeforeThoseForAll() {
        Map<String, String> own =
                Map.of("url", "/ready", "status", "204", "jsonPath", "", "retries", "0", "headers.X-Tenant", "orders");

        SmokeRequest request = USUAL.ofService("orders", maps("ecs.services.orders.smoke.", own))
                .orElseThrow();

        assertThat(request.words()).isEqualTo("/ready for status 204");
        assertThat(request.patience().retries()).isZero();
        assertThat(request.headers()).containsExactly(Map.entry("X-Tenant", "orders"));
        assertThat(USUAL.ofService("web", maps("ecs.services.orders.smoke.", own)))
                .isEqualTo(USUAL.read(Map.of()));
    }

    @Test
    void ofServiceWithAnEmptyUrlIsAskedNothing() {
        assertThat(USUAL.ofService("worker", maps("ecs.services.worker.smoke.", Map.of("url", ""))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "url|ftp://shop/|'ftp://shop/' can't be asked (ecs.smoke.url).",
                "status|99|'99' is no status of HTTP (ecs.smoke.status).",
                "status|ok|'ok' is not a whole number (ecs.smoke.status).",
                "jsonPath|status=UP|'status=UP' names no value of a JSON text (ecs.smoke.jsonPath).",
                "retries|-1|'-1' is not a whole number (ecs.smoke.retries).",
                "timeout|soon|'soon' is not a duration (ecs.smoke.timeout).",
                "requestTimeout|0s|'0s' is not a duration (ecs.smoke.requestTimeout).",
                "headers.X Y|1|HTTP can't hold the header 'X Y' (ecs.smoke.headers).",
                "headers.Host|shop|The header 'Host' is not for you to set (ecs.smoke.headers).",
                "urls|/|Unknown property 'ecs.services.orders.smoke.urls'.",
            })
    void ofServiceRefusesWhatCantBeRight(String name, String value, String what) {
        assertThatThrownBy(() -> USUAL.ofService("orders", maps("ecs.services.orders.smoke.", Map.of(name, value))))
                .isInstanceOf(Problem.class)
                .hasMessage(what);
    }

    @Test
    void readWithABrowserThatHasNothingToLookForIsRefused() {
        SmokeOptions browser = new SmokeOptions(
                Optional.of("/"),
                "200",
                Optional.empty(),
                Optional.empty(),
                "5",
                "60s",
                "10s",
                Map.of(),
                BrowserUse.AUTO);

        assertThatThrownBy(() -> browser.read(Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("there is no ecs.smoke.text");
    }

    private static MapOption maps(String prefix, Map<String, String> entries) {
        Properties properties = new Properties();
        entries.forEach((name, value) -> properties.setProperty(prefix + name, value));
        return new MapOption(List.of(properties));
    }
}
