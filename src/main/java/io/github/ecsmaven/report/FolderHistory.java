package io.github.ecsmaven.report;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.WholeFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The records of a project in a folder of this machine, which is made with the first. */
public final class FolderHistory implements HistoryStore {
    private final Path folder;

    public FolderHistory(Path folder) {
        this.folder = folder;
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public void put(String name, byte[] content) {
        try {
            // The folder may be shared.
            WholeFile.writeShared(folder.resolve(name), content);
        } catch (IOException error) {
            throw unusable("be written", error);
        }
    }

    @Override
    public List<String> names() {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException error) {
            throw unusable("be read", error);
        }
    }

    @Override
    public Optional<byte[]> get(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(List<String> names) {
        try {
            for (String name : names) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException error) {
            throw unusable("be written", error);
        }
    }

    @Override
    public int atOnce() {
        return 2;
    }

    private Problem unusable(String how, IOException error) {
        String why = error instanceof AccessDeniedException
                ? "permission denied: " + error.getMessage()
                : error instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason() + ": " + file.getFile()
                        : error.toString();
        return Problem.ofMachine(
                "The history of builds in '" + folder + "' can't " + how + ".",
                List.of(why),
                "give this user the right to write there, or name another folder or s3://bucket/prefix (ecs.history).",
                error);
    }
}
