package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.engine.DockerEngine;
import io.github.ecsmaven.sandbox.engine.EngineError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the containers wrote: of a running one in the engine, of a stopped one in {@code logs/<task>/<container>.log}.
 * Each line there has its time in front.
 */
final class TaskLogs {
    private static final int LINES_KEPT = 10_000;
    /** They are held in memory for each answer, and the process has little. */
    private static final int LINES_LIVE = 2_000;

    private final Path folder;
    private final DockerEngine engine;

    TaskLogs(Path folder, DockerEngine engine) {
        this.folder = folder;
        this.engine = engine;
    }

    /** One line of output; the time in epoch milliseconds. */
    record Line(long time, String text) {}

    /** Keeps the log of a container that is about to be removed. */
    void keep(String task, String container, String runtimeId) {
        Path file = file(task, container);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                engine.logs(runtimeId, LINES_KEPT, out);
            }
        } catch (IOException | EngineError lost) {
            // a log that can't be kept must not keep the task from ending
        }
    }

    /** All lines so far, oldest first. */
    List<Line> read(String task, TaskContainer container) {
        try {
            Path file = file(task, container.name);
            if (Files.exists(file)) {
                return parse(Files.readString(file, StandardCharsets.UTF_8));
            }
            if (container.runtimeId.isEmpty()) {
                return List.of();
            }
            ByteArrayOutputStream live = new ByteArrayOutputStream();
            engine.logs(container.runtimeId, LINES_LIVE, live);
            return parse(live.toString(StandardCharsets.UTF_8));
        } catch (IOException | EngineError gone) {
            return List.of();
        }
    }

    /** Deletes what is kept of a task. */
    void forget(String task) {
        try (Stream<Path> files = Files.exists(folder.resolve(task)) ? Files.list(folder.resolve(task)) : Stream.of()) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder.resolve(task));
        } catch (IOException left) {
            // an old log that stays does no harm
        }
    }

    private Path file(String task, String container) {
        Path file = folder.resolve(task).resolve(container + ".log").normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IllegalArgumentException("Not the name of a log: " + container);
        }
        return file;
    }

    static List<Line> parse(String text) {
        List<Line> lines = new ArrayList<>();
        long time = 0;
        for (String line : text.split("\n")) {
            int space = line.indexOf(' ');
            if (space < 0) {
                continue;
            }
            try {
                time = Instant.parse(line.substring(0, space)).toEpochMilli();
                lines.add(new Line(time, line.substring(space + 1)));
            } catch (DateTimeException rest) {
                lines.add(new Line(time, line));
            }
        }
        return lines;
    }
}
