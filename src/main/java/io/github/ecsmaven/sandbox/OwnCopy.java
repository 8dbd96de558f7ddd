package io.github.ecsmaven.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jar that the background process runs from: a copy in its home. Maven overwrites an installed SNAPSHOT in place, and
 * a JVM that has the file open then finds no class any more.
 */
final class OwnCopy {
    static final String FOLDER = "lib";

    private OwnCopy() {}

    /**
     * @param classPath the plugin's one jar; a class path of several entries stays as it is
     * @param folder of the copies; those of other builds are removed
     * @return the class path to run from; the copy has the time of its source, which tells the build
     */
    static String of(String classPath, Path folder) throws IOException {
        Path jar = Path.of(classPath.split(File.pathSeparator, 2)[0]);
        if (!classPath.equals(jar.toString()) || !Files.isRegularFile(jar)) {
            return classPath;
        }
        Path copy =
                folder.resolve("sandbox-" + Files.getLastModifiedTime(jar).toMillis() + "-" + Files.size(jar) + ".jar");
        Files.createDirectories(folder, OwnerOnly.folder());
        removeAllBut(copy, folder);
        if (!Files.exists(copy)) {
            Path fresh = Files.createTempFile(folder, "sandbox-", ".new");
            // Into the file that is there: it is its owner's alone.
            try (OutputStream out = Files.newOutputStream(fresh)) {
                Files.copy(jar, out);
            }
            Files.setLastModifiedTime(fresh, Files.getLastModifiedTime(jar));
            Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
        }
        return copy.toString();
    }

    private static void removeAllBut(Path copy, Path folder) throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(folder)) {
            others = files.filter(file -> !file.equals(copy)).toList();
        }
        for (Path other : others) {
            Files.deleteIfExists(other);
        }
    }
}
