package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.image.ImageRequest.Application;
import io.github.ecsmaven.image.ImageRequest.Base;
import io.github.ecsmaven.image.ImageRequest.Caches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildImageIT {
    private static final String BASE = "ecs-maven-plugin/java:17";

    @TempDir
    Path folder;

    @Test
    void runWhenLoadedOrNotGivesTheSameDigestAndTheEngineHasTheImageId() throws Exception {
        DockerCommand engine = new DockerCommand();
        engine.save(BASE, folder.resolve("base.tar"));
        BuildImage build = new BuildImage(new Quiet(), Clock.systemUTC());
        BuiltImage loaded = build.run(request("one"), Optional.of(engine));
        BuiltImage elsewhere = build.run(request("two"), Optional.empty());
        assertThat(elsewhere.digest()).isEqualTo(loaded.digest());
        assertThat(loaded.loaded()).isTrue();
        assertThat(loaded.newLayers()).isPositive();
        assertThat(engine.inspect(loaded.name()).orElseThrow().id())
                .isEqualTo(loaded.imageId().value());
        BuiltImage again = build.run(request("one"), Optional.of(engine));
        assertThat(again.digest()).isEqualTo(loaded.digest());
        assertThat(again.newLayers()).isZero();
        engine.run("rmi", loaded.name());
    }

    private ImageRequest request(String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name + "/classes"));
        Files.writeString(classes.resolve("application.properties"), "a=b");
        return new ImageRequest(
                new Application("image-it", "1", classes, Optional.empty(), List.of(), folder.resolve("none"), 17),
                new Base("tar://" + folder.resolve("base.tar"), List.of("linux/amd64")),
                new ContainerOptions(
                        List.of("8080"),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of("shop.Main"),
                        Optional.empty(),
                        List.of(),
                        "Docker",
                        "EPOCH",
                        "EPOCH_PLUS_SECOND",
                        Optional.empty(),
                        List.of(),
                        false),
                new Caches(folder.resolve("base-cache"), folder.resolve(name + "/cache")));
    }

    private record Quiet() implements ImageLog {
        @Override
        public void detail(String text) {}

        @Override
        public void warning(String text) {}

        @Override
        public void progress(String what, long done, long total) {}
    }

    /** The engine through the docker command, which a test may use. */
    private static final class DockerCommand implements Engine {
        String run(String... arguments) {
            try {
                String[] command = new String[arguments.length + 1];
                command[0] = "docker";
                System.arraycopy(arguments, 0, command, 1, arguments.length);
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                String output = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(Arrays.toString(command) + ": " + output);
                }
                return output.trim();
            } catch (IOException | InterruptedException error) {
                throw new IllegalStateException(error);
            }
        }

        @Override
        public Info info() {
            return new Info("20.10", "linux", "amd64", false);
        }

        @Override
        public Optional<EngineImage> inspect(String reference) {
            try {
                String[] parts = run(
                                "image",
                                "inspect",
                                "-f",
                                "{{.Id}} {{.Size}}{{range .RootFS.Layers}} {{.}}{{end}}",
                                reference)
                        .split(" ");
                return Optional.of(new EngineImage(
                        parts[0], Long.parseLong(parts[1]), List.of(parts).subList(2, parts.length)));
            } catch (IllegalStateException absent) {
                return Optional.empty();
            }
        }

        @Override
        public void load(Path tar) {
            run("load", "-i", tar.toString());
        }

        @Override
        public void tag(String imageId, String reference) {
            run("tag", imageId, reference);
        }

        @Override
        public void save(String reference, Path tar) {
            run("save", "-o", tar.toString(), reference);
        }
    }
}
