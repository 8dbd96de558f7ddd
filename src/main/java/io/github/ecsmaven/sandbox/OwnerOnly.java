package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the home to its owner: task definitions and logs may hold secrets. Where the file system has no POSIX
 * permissions, it is left as it is.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** For a folder that is made. */
    static FileAttribute<?>[] folder() {
        return attributes(FOLDER);
    }

    /** For a file that is made. */
    static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Makes the home, or closes the one that is there to others.
     *
     * @throws Problem when it is another user's, or holds other things
     */
    static void open(Path home) throws IOException {
        // createDirectories of a link to a directory throws before JDK 17.0.14 (JDK-8294193)
        if (!Files.isDirectory(home)) {
            Files.createDirectories(home, folder());
        }
        HomeFiles.requireHome(home);
        if (isPosix(home)) {
            requireOwn(home);
            close(home);
        }
    }

    /** Closes what the sandbox has made in the home. */
    static void tighten(Path home) throws IOException {
        if (!isPosix(home)) {
            return;
        }
        for (String name : HomeFiles.all()) {
            Files.walkFileTree(home.resolve(name), new Closing());
        }
    }

    /**
     * A file that is made there tells who we are in that file system's words, a network's too. It isn't one of the locks:
     * in another user's home nothing stays.
     */
    private static void requireOwn(Path home) throws IOException {
        UserPrincipal owner = Files.getOwner(home);
        Path probe = Files.createTempFile(home, HomeFiles.PROBE, "");
        try {
            UserPrincipal self = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(self)) {
                throw Problem.ofProject(
                        "The sandbox's home '" + home + "' belongs to the user '" + owner.getName()
                                + "', but Maven runs as '" + self.getName() + "'.",
                        "set ecs.sandbox.home to a directory of your own, or run Maven as '" + owner.getName() + "'.");
            }
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    /** Takes the others' rights away; the owner's stay, as a file may be one to run. */
    private static void close(Path path) throws IOException {
        try {
            Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(path));
            if (permissions.retainAll(FOLDER)) {
                Files.setPosixFilePermissions(path, permissions);
            }
        } catch (NoSuchFileException gone) {
            // A sandbox that runs writes and deletes here.
        }
    }

    /** Links are left: what they name isn't the sandbox's. */
    static final class Closing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            close(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                close(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
