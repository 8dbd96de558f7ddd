package io.github.ecsmaven.report.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSettingsTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318, http://c:4318/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://c/otlp/, https://c/otlp/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t/in;OTEL_EXPORTER_OTLP_ENDPOINT=http://c, http://t/in",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_TRACES_EXPORTER=console,",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_TRACES_EXPORTER=none,",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_SDK_DISABLED=true,",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_TRACES_SAMPLER=always_off,",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf, http://c/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_PROTOCOL=grpc;OTEL_SDK_DISABLED=true,",
        "OTEL_EXPORTER_OTLP_ENDPOINT=,",
        "OTEL_SERVICE_NAME=shop,",
    })
    void ofTheEnvironmentKnowsTheEndpoint(String environment, String endpoint) {
        assertThat(of(environment).map(TraceSettings::endpoint))
                .isEqualTo(Optional.ofNullable(endpoint).map(URI::create));
    }

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-" + SPAN + "-01, " + SPAN,
        "cc-" + TRACE + "-" + SPAN + "-03-more, " + SPAN,
        "ff-" + TRACE + "-" + SPAN + "-01, none",
        "00-00000000000000000000000000000000-" + SPAN + "-01, none",
        "00-" + TRACE + "-0000000000000000-01, none",
        "nonsense, none",
        "00-" + TRACE + "-" + SPAN + "-00, not sampled",
    })
    void ofATraceAroundTheBuildKnowsTheParent(String traceparent, String expected) {
        Optional<TraceSettings> settings = of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;TRACEPARENT=" + traceparent);
        assertThat(settings.map(some ->
                                some.parent().map(TraceSettings.Parent::span).orElse("none"))
                        .orElse("not sampled"))
                .isEqualTo(expected);
    }

    @Test
    void ofHeadersAndAttributesDecodesThemAndTellsNone() {
        TraceSettings settings = of("OTEL_EXPORTER_OTLP_ENDPOINT=http://me:pw@c/?key=k;"
                        + "OTEL_EXPORTER_OTLP_HEADERS=api-key=a%2Cb+c==, x=1;OTEL_EXPORTER_OTLP_TIMEOUT=700;"
                        + "OTEL_RESOURCE_ATTRIBUTES=service.name=a,team=b%20c;OTEL_SERVICE_NAME=shop")
                .orElseThrow();

        assertThat(settings.headers()).isEqualTo(Map.of("api-key", "a,b+c==", "x", "1"));
        assertThat(settings.resource()).isEqualTo(Map.of("service.name", "shop", "team", "b c"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(settings.toString()).doesNotContain("pw", "key", "a,b");
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_PROTOCOL=grpc, OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
        "OTEL_EXPORTER_OTLP_HEADERS=secret, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_HEADERS=a b=secret, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_HEADERS=host=secret, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_HEADERS=a=%zzsecret, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_HEADERS=a=secret%E2%82%AC, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_HEADERS=a=secret%7F, OTEL_EXPORTER_OTLP_HEADERS can't be read",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=collector:4317?key=secret, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT=5s, '''5s'' is no timeout (OTEL_EXPORTER_OTLP_TRACES_TIMEOUT)'",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=collector:4317, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    })
    void ofWhatCantBeRightSaysSoWithoutSecrets(String environment, String said) {
        assertThatThrownBy(() -> of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;" + environment))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4318, true",
        "http://LOCALHOST:4318, true",
        "http://[::1]:4318, true",
        "http://127.0.0.1.example.com, false",
        "https://collector.example.com, false",
    })
    void isOnThisMachineIsTrueOfLoopback(String endpoint, boolean here) {
        assertThat(of("OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint).map(TraceSettings::isOnThisMachine))
                .hasValue(here);
    }

    @ParameterizedTest
    @CsvSource({"700, 700", "5000, 1000"})
    void withinIsNoMorePatientThanAsked(long asked, long patience) {
        TraceSettings settings = of("OTEL_EXPORTER_OTLP_ENDPOINT=http://c;OTEL_EXPORTER_OTLP_TIMEOUT=" + asked)
                .orElseThrow();

        assertThat(settings.within(Duration.ofSeconds(1)).timeout()).hasMillis(patience);
    }

    static Optional<TraceSettings> of(String environment) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : environment.split(";")) {
            variables.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }
        return TraceSettings.of(variables);
    }
}
