package io.github.ecsmaven.image;

import io.github.ecsmaven.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells by name, size and time whether the files that an image is made of have changed. */
public final class InputFiles {
    private InputFiles() {}

    /** Two states of the files with equal stamps make equal images, as a compiler knows it of its sources. */
    public static Digest stamp(ImageRequest request) throws IOException {
        ImageRequest.Application application = request.application();
        TreeMap<String, String> stamps = new TreeMap<>();
        for (Path root : roots(application)) {
            if (Files.exists(root)) {
                // What a link points to goes into the image.
                Files.walkFileTree(
                        root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Stamps(stamps));
            }
        }
        return Digest.of(stamps.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> roots(ImageRequest.Application application) {
        return Stream.of(
                        Stream.of(application.classes(), application.extraDirectory()),
                        application.war().stream(),
                        application.dependencies().stream().map(ImageRequest.Dependency::file))
                .flatMap(roots -> roots)
                .toList();
    }

    private static final class Stamps extends SimpleFileVisitor<Path> {
        private final TreeMap<String, String> stamps;

        Stamps(TreeMap<String, String> stamps) {
            this.stamps = stamps;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            stamps.put(folder.toString(), "");
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            stamps.put(
                    file.toString(),
                    attributes.size() + "@" + attributes.lastModifiedTime().toInstant());
            return FileVisitResult.CONTINUE;
        }
    }
}
