package io.github.ecsmaven.sandbox.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;

/** A blob on its way in: a file that grows, and the digest of what it holds so far. */
final class Upload {
    private final String repository;
    private final Path file;
    private MessageDigest hash = Blobs.sha256();
    private long size;
    private boolean complete;
    private volatile Instant touched;
    private final Clock clock;

    Upload(String repository, Path file, Clock clock) {
        this.clock = clock;
        this.touched = clock.instant();
        this.repository = repository;
        this.file = file;
    }

    String repository() {
        return repository;
    }

    Path file() {
        return file;
    }

    synchronized long size() {
        return size;
    }

    /** Adds a part; when the part breaks off, nothing of it stays, so that the client may send it again. */
    synchronized void append(InputStream part) throws IOException {
        if (complete) {
            throw new RegistryError("BLOB_UPLOAD_UNKNOWN", 404, "The upload is complete");
        }
        MessageDigest more = copy(hash);
        long end = size;
        byte[] buffer = new byte[1 << 16];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size).position(size);
            for (int count = part.read(buffer); count >= 0; count = part.read(buffer)) {
                touched = clock.instant();
                more.update(buffer, 0, count);
                for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
                    channel.write(bytes);
                }
                end += count;
            }
        }
        hash = more;
        size = end;
    }

    /** The digest of what is there; the upload may go on. */
    synchronized String digest() {
        return Blobs.digest(copy(hash));
    }

    /** The digest of all of it; nothing can be added any more, so that what is verified is what is kept. */
    synchronized String seal() {
        complete = true;
        return digest();
    }

    /** True when nobody has sent anything since then. */
    boolean isUntouchedSince(Instant limit) {
        return touched.isBefore(limit);
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
