package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import io.github.ecsmaven.sandbox.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The repositories, in memory and one JSON file each in {@code ecr}; a change is on disk before anyone sees it. */
final class Repositories {
    private final Path root;
    private final Refusal refusal;
    private final ConcurrentSkipListMap<String, Repository> byName = new ConcurrentSkipListMap<>();

    Repositories(Path home, Refusal refusal) {
        this.root = home.resolve("ecr");
        this.refusal = refusal;
        try {
            Files.createDirectories(root);
            try (Stream<Path> files = Files.list(root)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".json")).toList()) {
                    Repository repository = Json.read(file, Repository.class);
                    byName.put(repository.name(), repository);
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** Sorted by name. */
    List<Repository> all() {
        return List.copyOf(byName.values());
    }

    Repository get(String name) {
        Repository found = byName.get(Names.repository(name));
        if (found == null) {
            throw refusal.repositoryNotFound(name);
        }
        return found;
    }

    synchronized Repository create(Repository repository) {
        if (byName.containsKey(Names.repository(repository.name()))) {
            throw refusal.repositoryExists(repository.name());
        }
        return save(repository);
    }

    synchronized Repository change(String name, UnaryOperator<Repository> change) {
        Repository old = get(name);
        Repository changed = change.apply(old);
        return changed.equals(old) ? old : save(changed);
    }

    synchronized Repository delete(String name, boolean force) {
        Repository repository = get(name);
        if (!force && !repository.images().isEmpty()) {
            throw refusal.repositoryNotEmpty(name);
        }
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        byName.remove(name);
        return repository;
    }

    /** The image of this digest, else of this tag. */
    Image image(Repository repository, @Nullable String digest, @Nullable String tag) {
        String wanted = digest != null ? digest : repository.tags().get(tag == null ? "" : tag);
        Image image = wanted == null ? null : repository.images().get(wanted);
        if (image == null
                || (digest != null
                        && tag != null
                        && !digest.equals(repository.tags().get(tag)))) {
            throw refusal.imageNotFound(repository.name(), digest, tag);
        }
        return image;
    }

    private Repository save(Repository repository) {
        Json.write(file(repository.name()), repository);
        byName.put(repository.name(), repository);
        return repository;
    }

    /** Names have slashes and up to 256 characters; their digest always fits into a file name. */
    private Path file(String name) {
        String hex = Blobs.digest(name.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length());
        return root.resolve(hex + ".json");
    }
}
