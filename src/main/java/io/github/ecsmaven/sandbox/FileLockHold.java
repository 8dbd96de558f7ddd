package io.github.ecsmaven.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A lock on a file, between processes and between the threads of one; the system frees it when the process dies. */
final class FileLockHold implements AutoCloseable {
    private final FileChannel channel;

    private FileLockHold(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or empty when somebody has it. */
    static Optional<FileLockHold> tryTake(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file());
        if (lock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new FileLockHold(channel));
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException otherThread) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
