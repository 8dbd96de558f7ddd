package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine keeps a project's newest image, and the older ones only while something runs from them. */
class LastLoadedTest {
    @TempDir
    private Path folder;

    private final RemovingEngine engine = new RemovingEngine();

    @Test
    void theNewestIsKnownAndTheOthersAreRemoved() {
        loaded("app:1", "app:2", "app:3");

        new LastLoaded(caches()).removeReplaced(engine, Requests.QUIET);

        assertThat(engine.removed).containsExactly("app:2", "app:1");
        assertThat(new LastLoaded(caches()).name()).contains("app:3");
    }

    @Test
    void oneInUseIsTriedAgainAfterTheNextBuild() {
        loaded("app:1", "app:2");
        engine.inUse = List.of("app:1");
        new LastLoaded(caches()).removeReplaced(engine, Requests.QUIET);

        engine.inUse = List.of();
        loaded("app:3");
        new LastLoaded(caches()).removeReplaced(engine, Requests.QUIET);

        assertThat(engine.removed).containsExactly("app:2", "app:1");
    }

    @Test
    void anImageThatComesBackIsNotRemoved() {
        loaded("app:1", "app:2", "app:1");

        new LastLoaded(caches()).removeReplaced(engine, Requests.QUIET);

        assertThat(engine.removed).containsExactly("app:2");
        assertThat(new LastLoaded(caches()).name()).contains("app:1");
    }

    @Test
    void beforeTheFirstThereIsNothingToRemove() {
        new LastLoaded(caches()).removeReplaced(engine, Requests.QUIET);

        assertThat(engine.removed).isEmpty();
        assertThat(new LastLoaded(caches()).name()).isEmpty();
    }

    @Test
    void cleanOfTheProjectForgetsNothing() throws Exception {
        loaded("app:1");
        Files.createDirectories(caches().application());
        Files.delete(caches().application());

        assertThat(new LastLoaded(caches()).name()).contains("app:1");
        ImageRequest.Caches other = new ImageRequest.Caches(folder.resolve("shared"), folder.resolve("other/target"));
        assertThat(new LastLoaded(other).name()).as("another checkout").isEmpty();
    }

    private ImageRequest.Caches caches() {
        return new ImageRequest.Caches(folder.resolve("shared"), folder.resolve("target"));
    }

    private void loaded(String... names) {
        for (String name : names) {
            new LastLoaded(caches()).loaded(name);
        }
    }

    /** Refuses, as the real one, to remove an image that a container runs from. */
    private static final class RemovingEngine implements Engine {
        private final List<String> removed = new ArrayList<>();
        private List<String> inUse = List.of();

        @Override
        public void remove(String reference) {
            if (inUse.contains(reference)) {
                throw new IllegalStateException("conflict: a container uses " + reference);
            }
            removed.add(reference);
        }

        @Override
        public Info info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<EngineImage> inspect(String reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void load(Path tar) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tag(String imageId, String reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void save(String reference, Path tar) {
            throw new UnsupportedOperationException();
        }
    }
}
