package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    @Test
    void parseReadsWhatLineWrote() {
        Frame frame = new Frame(7, "{\"ok\":{\"body\":\"a,\\\"body\\\":\"}}");
        assertThat(Frame.parse(frame.line())).contains(frame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OpenJDK warning: x", "{\"id\":", "{\"id\":x,\"body\":{}}", "{\"id\":1}"})
    void parseSkipsNoise(String line) {
        assertThat(Frame.parse(line)).isEmpty();
    }
}
