package io.github.ecsmaven.image;

import io.github.ecsmaven.image.ImageRequest.Application;
import io.github.ecsmaven.image.ImageRequest.Base;
import io.github.ecsmaven.image.ImageRequest.Caches;
import io.github.ecsmaven.image.ImageRequest.Dependency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Requests for tests: the defaults that a goal hands over, and what a test changes. */
public final class Requests {
    public static final String BASE = "ecs-maven-plugin/java:17";

    /** Where the main class is, as the project has none. */
    private static final String IN_THE_BASE = "/opt/app";

    public static final ImageLog QUIET = ImageLog.SILENT;

    private Requests() {}

    /** A project with one resource on the machine's own base image. */
    public static ImageRequest onLocalBase(Path folder, String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("application.properties"), "a=b");
        return request(folder, name, "docker://" + BASE, Options.GOOD);
    }

    /** A project with one resource, for some platforms of a base image. */
    public static ImageRequest onBase(Path folder, String name, String base, String format, String... platforms)
            throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("application.properties"), "a=b");
        Map<String, String> values =
                Map.of("mainClass", "shop.Main", "extraClasspath", IN_THE_BASE, "ports", "8080", "format", format);
        return request(folder, name, base, Options.of(values).on(platforms));
    }

    static ImageRequest request(Path folder, String name, String base, Options options) {
        return new ImageRequest(
                new Application(
                        name,
                        "1",
                        folder.resolve("classes"),
                        options.war(),
                        options.dependencies(),
                        folder.resolve("extra"),
                        options.javaRelease()),
                new Base(base, options.platforms()),
                options.container(),
                new Caches(folder.resolve("base-cache"), folder.resolve("cache")));
    }

    /** What tests vary. */
    record Options(
            Map<String, String> values,
            List<Dependency> dependencies,
            Optional<Path> war,
            List<String> platforms,
            int javaRelease) {
        static final Options GOOD = new Options(
                Map.of("mainClass", "shop.Main", "extraClasspath", IN_THE_BASE, "ports", "8080"),
                List.of(),
                Optional.empty(),
                List.of("linux/amd64"),
                17);

        /** @param changed {@code ecs.container.*} without the prefix */
        static Options of(Map<String, String> changed) {
            return new Options(changed, List.of(), Optional.empty(), List.of("linux/amd64"), 17);
        }

        Options with(List<Dependency> libraries) {
            return new Options(values, libraries, war, platforms, javaRelease);
        }

        Options withWar(Path exploded) {
            return new Options(values, dependencies, Optional.of(exploded), platforms, javaRelease);
        }

        Options on(String... names) {
            return new Options(values, dependencies, war, List.of(names), javaRelease);
        }

        ContainerOptions container() {
            return new ContainerOptions(
                    list("ports"),
                    list("jvmFlags"),
                    map("environment"),
                    map("labels"),
                    text("user"),
                    list("entrypoint"),
                    list("args"),
                    text("mainClass"),
                    text("workingDirectory"),
                    list("volumes"),
                    text("format").orElse("Docker"),
                    text("creationTime").orElse("EPOCH"),
                    text("filesModificationTime").orElse("EPOCH_PLUS_SECOND"),
                    text("appRoot"),
                    list("extraClasspath"),
                    values.containsKey("expandClasspathDependencies"));
        }

        private Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name));
        }

        private Map<String, String> map(String name) {
            return list(name).stream()
                    .map(entry -> entry.split("=", 2))
                    .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
        }

        private List<String> list(String name) {
            return text(name).map(text -> List.of(text.split(","))).orElse(List.of());
        }
    }
}
