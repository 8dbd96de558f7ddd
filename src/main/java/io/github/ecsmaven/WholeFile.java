package io.github.ecsmaven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are written in one step: a reader sees the old one or the new one. */
public final class WholeFile {
    private WholeFile() {}

    /** For its owner alone, as the JDK makes temporary files. Its folder is made when it isn't there. */
    public static void write(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        put(Files.createTempFile(folder, file.getFileName().toString(), ".new"), content, file);
    }

    /** The same for all who may read what this user writes. */
    public static void writeShared(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        put(folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".new"), content, file);
    }

    private static Path folder(Path file) throws IOException {
        return Files.createDirectories(file.toAbsolutePath().getParent());
    }

    private static void put(Path fresh, byte[] content, Path file) throws IOException {
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
