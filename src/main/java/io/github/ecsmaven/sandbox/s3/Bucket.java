package io.github.ecsmaven.sandbox.s3;

import io.github.ecsmaven.sandbox.wire.AwsError;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bucket in a folder: two files an object, named by the key's checksum. Keys sort as their UTF-8 bytes do, nearly. */
final class Bucket {
    private static final String RECORD = ".json";

    private final Path folder;
    private final String name;
    private final ConcurrentNavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();

    Bucket(Path folder) throws IOException {
        this.folder = folder;
        this.name = String.valueOf(folder.getFileName());
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(RECORD)).toList()) {
                StoredObject object = Json.read(file, StoredObject.class);
                objects.put(object.key(), object);
            }
        }
    }

    String name() {
        return name;
    }

    ConcurrentNavigableMap<String, StoredObject> objects() {
        return objects;
    }

    Optional<StoredObject> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    byte[] bytes(StoredObject object) {
        try {
            return Files.readAllBytes(file(object.key(), ""));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /**
     * Puts the object there when it is as the caller thinks.
     *
     * @param ifMatch the etag that it must have now
     * @param ifNone true: it must not be there yet
     */
    synchronized void put(StoredObject object, byte[] bytes, @Nullable String ifMatch, boolean ifNone) {
        String now = find(object.key()).map(StoredObject::etag).orElse("");
        if (ifMatch != null && now.isEmpty()) {
            throw new AwsError("NoSuchKey", 404, "The specified key does not exist.");
        }
        if (ifNone && !now.isEmpty() || ifMatch != null && !ifMatch.equals(now)) {
            throw new AwsError(
                    "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
        }
        try {
            write(file(object.key(), ""), bytes);
            write(file(object.key(), RECORD), Json.bytes(Json.tree(object)));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        objects.put(object.key(), object);
    }

    synchronized void delete(String key) {
        if (objects.remove(key) != null) {
            try {
                Files.deleteIfExists(file(key, RECORD));
                Files.deleteIfExists(file(key, ""));
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(UUID.randomUUID() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String key, String suffix) {
        return folder.resolve(hex("SHA-256", key.getBytes(StandardCharsets.UTF_8)) + suffix);
    }

    static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm, bytes));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
