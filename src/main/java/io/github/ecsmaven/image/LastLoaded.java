package io.github.ecsmaven.image;

import io.github.ecsmaven.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Remembers which images of the project the engine has: the newest, and those that it has replaced. */
public final class LastLoaded {
    private final Path file;

    /** Outside of target: after {@code mvn clean} the engine has the images still. */
    public LastLoaded(ImageRequest.Caches caches) {
        String project = caches.application().toAbsolutePath().normalize().toString();
        String name =
                Digest.of(project.getBytes(StandardCharsets.UTF_8)).value().substring("sha256:".length());
        this.file = caches.base().resolve("loaded").resolve(name);
    }

    /** The newest. */
    Optional<String> name() {
        return names().stream().findFirst();
    }

    private List<String> names() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** @param name of the image that the engine has got now */
    void loaded(String name) {
        write(Stream.concat(Stream.of(name), names().stream()).distinct().toList());
    }

    /**
     * Has the engine remove the replaced ones; not while something waits, as this takes an engine half a second. One that a
     * container runs from stays, and is tried again after the next build.
     */
    public void removeReplaced(Engine engine, ImageLog log) {
        List<String> names = names();
        if (names.size() < 2) {
            return;
        }
        write(names.stream()
                .filter(name -> name.equals(names.get(0)) || !removed(name, engine, log))
                .toList());
    }

    private static boolean removed(String name, Engine engine, ImageLog log) {
        try {
            engine.remove(name);
            return true;
        } catch (RuntimeException inUse) {
            log.detail("The image " + name + " stays: " + inUse.getMessage());
            return false;
        }
    }

    private void write(List<String> names) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, names);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
