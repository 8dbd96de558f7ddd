package io.github.ecsmaven.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a tiny image that goes nowhere. The first image of a JVM costs a second or two for loading Jib's classes; done while
 * Maven waits for the unit tests, nobody waits for it.
 */
public final class WarmUp {
    private WarmUp() {}

    /** @param folder for the image's parts, made when it isn't there; what it holds afterwards may be deleted */
    public static BuiltImage run(Path folder, Clock clock) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("Main.class"), "");
        Files.writeString(classes.resolve("main.properties"), "");
        return new BuildImage(ImageLog.SILENT, clock).run(request(folder, classes), Optional.empty());
    }

    private static ImageRequest request(Path folder, Path classes) {
        return new ImageRequest(
                new ImageRequest.Application(
                        "warm-up", "0", classes, Optional.empty(), List.of(), folder.resolve("none"), 17),
                new ImageRequest.Base(BaseResolver.SCRATCH, List.of("linux/amd64")),
                new ContainerOptions(
                        List.of("8080"),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.of("Main"),
                        Optional.empty(),
                        List.of(),
                        "Docker",
                        "EPOCH",
                        "EPOCH_PLUS_SECOND",
                        Optional.empty(),
                        List.of(),
                        false),
                new ImageRequest.Caches(folder.resolve("base"), folder.resolve("application")));
    }
}
