package io.github.ecsmaven.goal;

import io.github.ecsmaven.container.Keeper;
import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The wiring of the two child JVMs: both run from the plugin's one jar with the Java that runs Maven. */
final class ChildProcess {
    private ChildProcess() {}

    static Sandbox sandbox(File home, int port) {
        return new Sandbox(home.toPath(), port, java(), classPath());
    }

    /**
     * @param scratch made when it isn't there
     * @param ryuk true to let Testcontainers start Ryuk
     */
    static UnaryOperator<String> keeper(Path scratch, boolean ryuk) {
        try {
            Files.createDirectories(scratch);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return Keeper.fork(new Keeper.Launch(java(), classPath(), scratch, dockerSettings(), ryuk));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String classPath() {
        try {
            return Path.of(ChildProcess.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> dockerSettings() {
        Map<String, String> settings = new TreeMap<>(System.getenv());
        settings.keySet().removeIf(name -> !name.startsWith("DOCKER_") && !name.startsWith("TESTCONTAINERS_"));
        return settings;
    }
}
