package io.github.ecsmaven.upload;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.upload.FileRules.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the directory, each with its checksum. */
final class ReadDirectory {
    /** PutObject's limit. */
    private static final long LARGEST = 5L << 30;
    /** Below that a file is smaller with its headers than gzip could make it. */
    private static final long LEAST_ZIPPED = 1_000;
    /** It is compressed in memory. */
    private static final long MOST_ZIPPED = 64L << 20;

    private static final int BUFFER = 64 << 10;

    private final Path directory;
    private final FileRules rules;

    ReadDirectory(Path directory, FileRules rules) {
        this.directory = directory;
        this.rules = rules;
    }

    /**
     * What there is to read.
     *
     * @throws Problem when there is no such directory, or nothing in it
     */
    Set<String> look() {
        requireThere(directory);
        Set<String> keys = keys();
        if (keys.isEmpty()) {
            throw Problem.ofProject(
                    "The directory '" + directory
                            + "' has no files (ecs.upload.directory): to upload it would delete the site.",
                    "build the front end before the phase deploy, or correct ecs.upload.directory.");
        }
        return keys;
    }

    /** @param keys as {@link #look} has found them */
    List<SiteFile> run(Set<String> keys, InParallel parallel) throws InterruptedException {
        Set<String> plain = withoutCompressed(keys);
        ConcurrentLinkedQueue<SiteFile> read = new ConcurrentLinkedQueue<>();
        parallel.each(List.copyOf(plain), key -> read.add(read(key, keys)));
        return read.stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    static void requireThere(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Problem.ofProject(
                    Files.exists(directory)
                            ? "'" + directory + "' is a file (ecs.upload.directory); nothing was uploaded."
                            : "The directory '" + directory
                                    + "' does not exist (ecs.upload.directory); nothing was uploaded.",
                    "build the front end before the phase deploy, or correct ecs.upload.directory.");
        }
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        List<Path> outside = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            Path real = directory.toRealPath();
            // A folder comes before what is in it.
            for (Path path : (Iterable<Path>) files::iterator) {
                if (Files.isSymbolicLink(path)
                        && Files.exists(path)
                        && !path.toRealPath().startsWith(real)) {
                    outside.add(path);
                }
                String key = directory.relativize(path).toString().replace('\\', '/');
                if (!rules.excludes(key) && Files.isRegularFile(path)) {
                    requireForeign(key);
                    outside.stream().filter(path::startsWith).findFirst().ifPresent(this::refuseLink);
                    keys.add(key);
                }
            }
            return keys;
        } catch (IOException unreadable) {
            throw unreadable(directory, unreadable);
        } catch (UncheckedIOException unreadable) {
            IOException cause = Objects.requireNonNullElseGet(unreadable.getCause(), () -> new IOException(unreadable));
            throw cause instanceof FileSystemLoopException loop ? inItself(loop) : unreadable(directory, cause);
        }
    }

    /** What it leads to may be any file of the machine, and would be published. */
    private void refuseLink(Path link) {
        String to;
        try {
            to = Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            throw unreadable(link, unreadable);
        }
        throw Problem.ofProject(
                "'" + link + "' is a symbolic link that leads out of the directory, to '" + to
                        + "' (ecs.upload.directory); nothing was uploaded.",
                "copy into the directory what the site needs of it, or leave it out with ecs.upload.excludes.");
    }

    private static Problem inItself(FileSystemLoopException loop) {
        return Problem.ofProject(
                "'" + loop.getFile() + "' is a symbolic link to a folder that it is in itself; nothing was uploaded.",
                "remove the link (ecs.upload.directory).");
    }

    private static void requireForeign(String key) {
        if (key.startsWith(SiteBucket.OWN)) {
            throw Problem.ofProject(
                    "'" + key + "' has the place in the bucket where ecs:upload keeps its own (" + SiteBucket.OWN
                            + ").",
                    "rename it, or leave it out with ecs.upload.excludes=" + SiteBucket.OWN + "**.");
        }
    }

    /** What the bundler has compressed goes in the place of the file beside it. */
    private Set<String> withoutCompressed(Set<String> keys) {
        if (rules.compression() != Compression.BROTLI) {
            return keys;
        }
        Set<String> plain = keys.stream()
                .filter(key -> !(key.endsWith(".br") && keys.contains(key.substring(0, key.length() - 3))))
                .collect(Collectors.toSet());
        if (plain.size() == keys.size()) {
            throw Problem.ofProject(
                    "There is no *.br beside the files of '" + directory
                            + "', and this plugin has no encoder of Brotli (ecs.upload.compress=brotli).",
                    "let the bundler write them (vite-plugin-compression, compression-webpack-plugin), or set"
                            + " ecs.upload.compress=gzip.");
        }
        return plain;
    }

    private SiteFile read(String key, Set<String> keys) {
        boolean brotli = rules.compression() == Compression.BROTLI && keys.contains(key + ".br");
        Path source = directory.resolve(brotli ? key + ".br" : key);
        MessageDigest digest = sha256();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(source)) {
            for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
                digest.update(buffer, 0, some);
                size += some;
            }
        } catch (IOException unreadable) {
            throw unreadable(source, unreadable);
        }
        if (size > LARGEST) {
            throw Problem.ofProject(
                    "'" + source + "' has more than 5 GiB, which is the most that S3 takes at once.",
                    "leave it out with ecs.upload.excludes=" + key + ", and bring it there by other means.");
        }
        boolean zip = !brotli && isZipped(key, size);
        Optional<String> encoding = brotli ? Optional.of("br") : zip ? Optional.of("gzip") : Optional.empty();
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new SiteFile(key, source, size, sha256, rules.headersOf(key, encoding), rules.waveOf(key), zip);
    }

    private boolean isZipped(String key, long size) {
        return rules.compression() != Compression.NONE
                && size >= LEAST_ZIPPED
                && size <= MOST_ZIPPED
                && ContentTypes.isCompressible(
                        rules.headersOf(key, Optional.empty()).contentType());
    }

    static Problem unreadable(Path file, IOException error) {
        boolean vanished = error instanceof NoSuchFileException;
        return new Problem(
                Problem.Blame.PROJECT,
                vanished ? "'" + file + "' vanished while the files were being read." : "'" + file + "' can't be read.",
                vanished ? List.of() : List.of(String.valueOf(error)),
                vanished
                        ? "end what works on ecs.upload.directory (a bundler in watch mode), and deploy again."
                        : "make it readable to this build, or leave it out with ecs.upload.excludes.",
                error);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
