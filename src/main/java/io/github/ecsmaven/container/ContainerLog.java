package io.github.ecsmaven.container;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.testcontainers.containers.output.OutputFrame;

/** A container's output: appended to a file line by line, its end kept, and a line looked for. */
final class ContainerLog implements Consumer<OutputFrame>, AutoCloseable {
    static final int KEPT_LINES = 50;

    private final Path file;
    private final BufferedWriter writer;
    private final Optional<Pattern> wanted;
    private final Deque<String> last = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean seen;

    private ContainerLog(Path file, BufferedWriter writer, Optional<Pattern> wanted) {
        this.file = file;
        this.writer = writer;
        this.wanted = wanted;
    }

    static ContainerLog open(Path file, Optional<Pattern> wanted) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            BufferedWriter writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new ContainerLog(file, writer, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(OutputFrame frame) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            end.countDown();
            return;
        }
        add(frame.getUtf8String().stripTrailing());
    }

    synchronized void add(String line) {
        if (last.size() == KEPT_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        if (wanted.isPresent() && wanted.get().matcher(line).find()) {
            seen = true;
        }
        try {
            writer.write(line);
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            // A full disk must not end the container; the lines in memory are still shown.
        }
    }

    Path file() {
        return file;
    }

    boolean seen() {
        return seen;
    }

    synchronized List<String> last() {
        return List.copyOf(last);
    }

    /** Waits until a dead container's last line has come, half a second at most. */
    void awaitEnd() {
        try {
            end.await(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            // All lines were flushed before.
        }
    }
}
