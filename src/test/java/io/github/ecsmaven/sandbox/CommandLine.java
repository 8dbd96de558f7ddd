package io.github.ecsmaven.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command of this machine, as a user types it. */
final class CommandLine {
    private final Map<String, String> environment;

    CommandLine(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The command's file when the machine has it. */
    static Optional<Path> find(String command) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .map(directory -> Path.of(directory, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Its output, without the space around it; an exit code that isn't 0 is an error that has the output. */
    String run(String line, String input) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(line.split(" ")).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(line + " failed: " + output);
        }
        return output;
    }

    String run(String line) throws IOException, InterruptedException {
        return run(line, "");
    }
}
