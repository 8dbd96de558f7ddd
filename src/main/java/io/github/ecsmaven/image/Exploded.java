package io.github.ecsmaven.image;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A WAR as a folder: the folder that Maven left, or the unpacked file. */
final class Exploded {
    private Exploded() {}

    static Path war(ImageRequest request) throws IOException {
        Path war = request.application().war().orElseThrow();
        if (Files.isDirectory(war)) {
            return war;
        }
        if (!Files.isRegularFile(war)) {
            throw Problem.ofProject(
                    "The WAR '" + war + "' isn't there.", "run the phase package before the image is built.");
        }
        Path folder = request.caches().application().resolve("exploded-war");
        remove(folder);
        unpack(war, folder);
        return folder;
    }

    private static void unpack(Path war, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream file = Files.newInputStream(war);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw Problem.ofProject(
                            "The WAR '" + war + "' has the entry '" + entry.getName() + "', which leaves its folder.",
                            "build the WAR anew.");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
