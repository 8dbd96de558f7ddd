package io.github.ecsmaven.pipelines;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of npm that {@code src/tools/pipelines.sh} has installed. */
public final class Tools {
    private static final Path MODULES = Path.of("target", "pipeline-tools", "node_modules", ".bin");

    private Tools() {}

    /** Skips the test where it can't be had. */
    public static void assumeThere(String name) {
        assumeTrue(
                Files.exists(MODULES.resolve(name)), "no " + name + " (src/tools/pipelines.sh target/pipeline-tools)");
    }

    /** To call it from any folder. */
    static List<String> command(String name) {
        return List.of("node", MODULES.resolve(name).toAbsolutePath().toString());
    }

    /** To run it in a folder. */
    public static String[] run(Path folder, String name, String argument) {
        String called = String.join(" ", command(name)) + " '" + argument + "'";
        return new String[] {"sh", "-c", "cd '" + folder + "' && " + called};
    }

    static boolean isOnPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, command).canExecute());
    }
}
