package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLimitTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"verb\":\"start\",\"timeout\":120000} | PT3M",
                "{\"verb\":\"services\",\"timeout\":60000} | PT2M",
                "{\"verb\":\"pull\",\"references\":[]}      | PT1M",
                "{\"verb\":\"load\",\"tar\":\"/t\"}         | PT10M",
                "{\"verb\":\"save\",\"tar\":\"/t\"}         | PT10M",
                "{\"verb\":\"stop\",\"id\":\"i\"}           | PT1M",
                "{\"verb\":\"engine\"}                      | PT1M",
            })
    void ofIsGenerousForEachVerb(String request, Duration limit) {
        assertThat(AnswerLimit.of(request)).isEqualTo(limit);
    }
}
