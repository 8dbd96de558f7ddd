package io.github.ecsmaven.image;

import io.github.ecsmaven.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The image that was built, as it lies in {@code target/ecs/image.json}.
 *
 * @param name the local reference under which the engine has it, when it was loaded; else the one that it would have
 * @param digest of the manifest, the same in every registry
 * @param imageId of the configuration, as Docker's classic store names it
 * @param base the base image
 * @param platforms {@code os/arch[/variant]}
 * @param mainClass as given or found; empty for a WAR or an own entrypoint
 * @param ports exposed ports, first the one that tests and services talk to by default
 * @param created ISO 8601
 * @param size compressed size of all layers in bytes
 * @param layers how many layers the project's own part has: dependencies, snapshot dependencies, resources, classes, extra files
 * @param newLayers how many of these weren't in the cache
 * @param newBytes compressed bytes of the new layers
 * @param loaded true when the Docker engine has it
 */
public record BuiltImage(
        String name,
        Digest digest,
        Digest imageId,
        BaseImage base,
        List<String> platforms,
        Optional<String> mainClass,
        List<Integer> ports,
        String created,
        long size,
        int layers,
        int newLayers,
        long newBytes,
        boolean loaded) {
    public BuiltImage {
        platforms = List.copyOf(platforms);
        ports = List.copyOf(ports);
    }

    /**
     * @param name as the user wrote it or as the default says
     * @param digest what the name stood for when the image was built; for {@code docker://} and {@code tar://} the image id
     */
    public record BaseImage(String name, Digest digest) {}
}
