package io.github.ecsmaven.sandbox.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bytes by their digest, in {@code blobs/sha256/<hex>}. A file appears there whole and verified, or not at all. */
final class Blobs {
    private static final String PREFIX = "sha256:";

    /** Longer than a push takes from its first question to its manifest. */
    static final Duration CLAIM = Duration.ofHours(1);

    private final Path root;
    private final Path fresh;
    private final Clock clock;

    /**
     * @param home blobs are in {@code blobs}, what isn't whole yet in {@code uploads}; leftovers of a killed process there
     *     are removed
     */
    Blobs(Path home, Clock clock) {
        this.clock = clock;
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

    /** True when it is there; then it stays for {@link #CLAIM} at least, so that who asked finds it later. */
    synchronized boolean claim(String digest) {
        try {
            Files.setLastModifiedTime(file(digest), FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
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
    synchronized void keep(Path complete, String digest) {
        try {
            Files.setLastModifiedTime(complete, FileTime.from(clock.instant()));
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

    /** The digests that nobody has asked for, or stored, within {@link #CLAIM}. */
    List<String> unclaimed() {
        Instant limit = clock.instant().minus(CLAIM);
        List<String> digests = new ArrayList<>();
        try {
            for (Path file : list(root)) {
                if (isUnclaimed(file, limit)) {
                    digests.add(PREFIX + file.getFileName());
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return digests;
    }

    /**
     * Deletes those of the given blobs that nobody has claimed in the meantime.
     *
     * @return what was deleted
     */
    Set<String> deleteUnclaimed(Set<String> digests) {
        Set<String> deleted = new HashSet<>();
        for (String digest : digests) {
            if (deleteUnclaimed(digest)) {
                deleted.add(digest);
            }
        }
        return deleted;
    }

    /** Looked at and deleted under the lock of {@link #claim}: whoever was told that the blob is there finds it. */
    private synchronized boolean deleteUnclaimed(String digest) {
        try {
            Path file = file(digest);
            return isUnclaimed(file, clock.instant().minus(CLAIM)) && Files.deleteIfExists(file);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static boolean isUnclaimed(Path file, Instant limit) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
    }

    Set<String> absent(Set<String> digests) {
        return digests.stream().filter(digest -> !Files.exists(file(digest))).collect(Collectors.toSet());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
