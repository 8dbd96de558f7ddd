package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildImageIT {
    @TempDir
    Path folder;

    private final Watched engine = new Watched();
    private final BuildImage build = new BuildImage(Requests.QUIET, Clock.systemUTC());

    @Test
    void runLoadsOnlyWhatIsNewAndTakesThePreviousImageAway() throws Exception {
        ImageRequest request = Requests.onLocalBase(folder, "build-image-it");
        Path classFile = Files.writeString(folder.resolve("classes/Main.class"), "one");
        BuiltImage first = build.run(request, Optional.of(engine));
        assertThat(first.loaded()).isTrue();
        assertThat(first.layers()).isEqualTo(2);
        assertThat(first.newLayers()).isEqualTo(2);
        assertThat(engine.saves).isEqualTo(1);
        assertThat(id(first)).isEqualTo(first.imageId().value());

        Files.writeString(classFile, "two");
        engine.loaded = 0;
        BuiltImage second = build.run(request, Optional.of(engine));
        try {
            assertThat(second.newLayers()).isEqualTo(1);
            assertThat(second.newBytes()).isLessThan(1000);
            assertThat(second.size()).isGreaterThan(10_000_000);
            assertThat(engine.loaded)
                    .as("bytes of the tar for one changed class")
                    .isPositive()
                    .isLessThan(20_000);
            assertThat(engine.saves).as("docker save of the base image").isEqualTo(1);
            assertThat(id(second)).isEqualTo(second.imageId().value());
            new LastLoaded(request.caches()).removeReplaced(engine, Requests.QUIET);
            assertThat(engine.inspect(first.name()))
                    .as("the image of the build before")
                    .isEmpty();

            engine.loaded = 0;
            BuiltImage same = build.run(request, Optional.of(engine));
            assertThat(same.digest()).isEqualTo(second.digest());
            assertThat(same.newLayers()).isZero();
            assertThat(engine.loaded).as("bytes when nothing changed").isZero();
            assertThat(id(same)).isEqualTo(same.imageId().value());
        } finally {
            engine.remove(second.name());
        }
    }

    @Test
    void runWhenLoadedOrNotGivesTheSameDigest() throws Exception {
        engine.save(Requests.BASE, folder.resolve("base.tar"));
        BuiltImage one = build.run(onTar("one"), Optional.of(engine));
        try {
            BuiltImage two = build.run(onTar("two"), Optional.empty());
            assertThat(two.digest()).isEqualTo(one.digest());
            assertThat(two.imageId()).isEqualTo(one.imageId());
            assertThat(two.loaded()).isFalse();
            assertThat(two.name())
                    .as("each checkout has its own name")
                    .isNotEqualTo(one.name())
                    .startsWith("ecs-test/build-image-it:");
            assertThat(id(one)).isEqualTo(one.imageId().value());
        } finally {
            engine.remove(one.name());
        }
    }

    private ImageRequest onTar(String checkout) throws IOException {
        Path own = folder.resolve(checkout);
        Files.createDirectories(own.resolve("classes"));
        Files.writeString(own.resolve("classes/application.properties"), "a=b");
        return Requests.request(own, "build-image-it", "tar://" + folder.resolve("base.tar"), Requests.Options.GOOD);
    }

    private String id(BuiltImage image) {
        return engine.inspect(image.name()).orElseThrow().id();
    }

    /** The engine, and what was asked of it. */
    private static final class Watched implements Engine {
        private final DockerCommand docker = new DockerCommand();
        private long loaded;
        private int saves;

        @Override
        public Info info() {
            return docker.info();
        }

        @Override
        public Optional<EngineImage> inspect(String reference) {
            return docker.inspect(reference);
        }

        @Override
        public void load(Path tar) {
            loaded += tar.toFile().length();
            docker.load(tar);
        }

        @Override
        public void tag(String imageId, String reference) {
            docker.tag(imageId, reference);
        }

        @Override
        public void remove(String reference) {
            docker.remove(reference);
        }

        @Override
        public void save(String reference, Path tar) {
            saves++;
            docker.save(reference, tar);
        }
    }
}
