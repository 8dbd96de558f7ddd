package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
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

    @Test
    void resultThrowsTheProblemThatWasSent() {
        Problem sent = Problem.ofProject("It broke.", "mend it.");
        assertThatThrownBy(() -> Wire.result(Wire.problem(sent)))
                .isInstanceOf(Problem.class)
                .hasMessage(sent.getMessage());
    }
}
