package io.github.ecsmaven.sandbox.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Bytes by their digest, in {@code blobs/sha256/<hex>}. A file appears there whole and verified, or not at all. */
final class Blobs {
    private static final String PREFIX = "sha256:";

    private final Path root;
    private final Path fresh;

    /**
     * @param home blobs are in {@code blobs}, what isn't whole yet in {@code uploads}; leftovers of a killed process there
     *     are removed
     */
    Blobs(Path home) {
        root = home.resolve("blobs").resolve("sha256");
        fresh = home.resolve("uploads");
        try {
            Files.createDirectories(root);
            Files.createDirectories(fresh);
            for (Path left : list(fresh)) {
                Files.deleteIfExists(left);
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String digest(byte[] bytes) {
        return digest(sha256().digest(bytes), PREFIX);
    }

    static String digest(MessageDigest finished) {
        return digest(finished.digest(), PREFIX);
    }

    private static String digest(byte[] hash, String prefix) {
        return prefix + HexFormat.of().formatHex(hash);
    }

    /** A new empty file for bytes whose digest isn't known yet. */
    Path newFile() throws IOException {
        return Files.createTempFile(fresh, "upload", "");
    }

    Path file(String digest) {
        return root.resolve(digest.substring(PREFIX.length()));
    }

    boolean has(String digest) {
        return Files.isRegularFile(file(digest));
    }

    long size(String digest) throws IOException {
        return Files.size(file(digest));
    }

    InputStream open(String digest) throws IOException {
        return Files.newInputStream(file(digest));
    }

    byte[] bytes(String digest) {
        try {
            return Files.readAllBytes(file(digest));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Takes over a complete file whose digest has been verified. */
    void keep(Path complete, String digest) {
        try {
            Files.move(complete, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    void keep(byte[] bytes, String digest) {
        try {
            Path file = newFile();
            Files.write(file, bytes);
            keep(file, digest);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Deletes every blob but these; only while nobody uploads. */
    void retain(Set<String> digests) {
        try {
            for (Path file : list(root)) {
                if (!digests.contains(PREFIX + file.getFileName())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
