package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;

/** Decides before anything is built whether an image of several platforms can be made, and which of them is tested. */
final class Platforms {
    private Platforms() {}

    /** {@code os/architecture}. */
    static String name(Platform platform) {
        return platform.getOs() + "/" + platform.getArchitecture();
    }

    static List<String> names(List<Platform> platforms) {
        return platforms.stream().map(Platforms::name).toList();
    }

    /**
     * @param base {@code ecs.from.image}
     * @throws Problem when the base can hold one platform only
     */
    static void requireBaseOf(List<Platform> platforms, String base) {
        if (platforms.size() > 1 && (base.startsWith("docker://") || base.startsWith("tar://"))) {
            throw Problem.ofProject(
                    "The base image '" + base + "' is of one platform, and ecs.from.platforms names "
                            + ImageIndex.inWords(names(platforms)) + ".",
                    "set ecs.from.image to an image for these platforms in a registry, or name one platform in"
                            + " ecs.from.platforms.");
        }
    }

    /**
     * The one of several platforms that the engine can run.
     *
     * @throws Problem when it is none of them
     */
    static Platform tested(List<Platform> platforms, Engine.Info engine) {
        Platform own = new Platform(architecture(engine.architecture()), engine.os());
        return Optional.of(own)
                .filter(platforms::contains)
                .orElseThrow(() -> Problem.ofProject(
                        "The Docker engine runs " + name(own) + " and could test none of the platforms to build.",
                        List.of("ecs.from.platforms: " + String.join(", ", names(platforms))),
                        "add " + name(own) + " to ecs.from.platforms, or build without tests (-DskipITs)."));
    }

    /** Go's word, as in image configurations, for the kernel's. */
    private static String architecture(String engine) {
        return switch (engine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> engine;
        };
    }
}
