package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptionTest {
    static Stream<Arguments> cases() {
        Exception failure = new MojoExecutionException("no", new IOException("disk"));
        Exception interrupted = new MojoExecutionException("no", new IOException(new InterruptedException()));
        return Stream.of(
                arguments("a failure", failure, false, false, false),
                arguments("nothing is known", null, false, false, false),
                arguments("the cause says so", interrupted, false, false, true),
                arguments("the thread's flag says so", failure, true, false, true),
                arguments("Ctrl-C", failure, false, true, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isBehindDecides(String label, Throwable thrown, boolean thread, boolean jvm, boolean expected) {
        assertThat(Interruption.isBehind(thrown, thread, jvm)).as(label).isEqualTo(expected);
    }

    @Test
    void isJvmEndingWhenItLivesIsFalse() {
        assertThat(Interruption.isJvmEnding()).isFalse();
    }
}
