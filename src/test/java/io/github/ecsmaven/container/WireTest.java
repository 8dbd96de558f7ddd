package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"environment\":{\"TOKEN\":\"s3cret\"", "s3cret", "{\"a\":\"s3cret\" s3cret}"})
    void readWhenItIsNotJsonQuotesNothing(String text) {
        assertThatThrownBy(() -> Wire.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(error -> assertThat(Stream.iterate(error, e -> e != null, Throwable::getCause))
                        .noneMatch(part -> String.valueOf(part).contains("s3cret")));
    }

    /** A service with everything, and one with nothing. */
    @Test
    void servicesRequestReadsWhatServicesWrote() {
        ServicesRequest.Service full = new ServicesRequest.Service(
                "db",
                "postgres:16",
                Optional.of(5432),
                Optional.of("ready to .*"),
                Map.of("A", "b=c,d"),
                List.of("-c", "fsync=off"),
                Path.of("db.log"));
        ServicesRequest.Service bare = new ServicesRequest.Service(
                "a", "a:1", Optional.empty(), Optional.empty(), Map.of(), List.of(), Path.of("a.log"));
        ServicesRequest request =
                new ServicesRequest("shop:orders", "1", Optional.of("ci"), Duration.ofSeconds(90), List.of(full, bare));

        assertThat(Wire.servicesRequest(Wire.read(Wire.services(request).toString())))
                .isEqualTo(request);
    }

    @Test
    void containerRequestReadsWhatStartWrote() {
        ContainerRequest request = TestEngine.request(
                        "1", Path.of("c.log"), "ok", Optional.of("/"), "ci", Duration.ofSeconds(90))
                .withServices(new RunningServices("group", List.of()));

        assertThat(Wire.containerRequest(Wire.read(Wire.start(request).toString())))
                .isEqualTo(request);
    }

    @Test
    void resultThrowsTheProblemThatWasSent() {
        Problem sent = Problem.ofProject("It broke.", "mend it.");
        assertThatThrownBy(() -> Wire.result(Wire.problem(sent)))
                .isInstanceOf(Problem.class)
                .hasMessage(sent.getMessage());
    }
}
