package io.github.ecsmaven.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers below target which image of the project the engine has, so that the next one takes its place. */
final class LastLoaded {
    private final Path file;
    private final ImageLog log;

    LastLoaded(Path cache, ImageLog log) {
        this.file = cache.resolve("last-loaded");
        this.log = log;
    }

    Optional<String> name() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** The image before is removed, unless a container runs from it; then it stays, and only the disk is fuller. */
    void replace(String name, Engine engine) throws IOException {
        Optional<String> before = name().filter(old -> !old.equals(name));
        Files.writeString(file, name);
        before.ifPresent(old -> {
            try {
                engine.remove(old);
            } catch (RuntimeException inUse) {
                log.detail("The image " + old + " stays: " + inUse.getMessage());
            }
        });
    }
}
