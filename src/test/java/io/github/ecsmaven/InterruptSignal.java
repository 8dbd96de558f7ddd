package io.github.ecsmaven;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** SIGINT, which a shell has its background jobs ignore, and so all that they start; no test of Ctrl-C can be had there. */
public final class InterruptSignal {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int NUMBER = 2;

    private InterruptSignal() {}

    /** Skips the test when its processes would ignore the signal. */
    public static void assumeHeeded(String signal) {
        assumeThat(signal.equals("INT") && isIgnored())
                .as("SIGINT is ignored here, as in a shell's background job: run the tests in the foreground")
                .isFalse();
    }

    private static boolean isIgnored() {
        if (!Files.exists(STATUS)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line ->
                            new BigInteger(line.substring("SigIgn:".length()).trim(), 16))
                    .anyMatch(mask -> mask.testBit(NUMBER - 1));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
