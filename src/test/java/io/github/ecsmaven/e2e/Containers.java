package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What the engine runs, seen from outside. */
final class Containers {
    private Containers() {}

    /** The temporary containers of builds in this machine. */
    static List<String> temporary() {
        return docker("ps", "--all", "--quiet", "--filter", "label=io.github.ecsmaven.test");
    }

    /** Waits until no temporary container is there that wasn't there before. */
    static void awaitNoneBut(List<String> before) {
        Await.until("temporary containers are gone", Duration.ofSeconds(15), () -> before.containsAll(temporary()));
    }

    private static List<String> docker(String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "docker";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text.lines().toList();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
