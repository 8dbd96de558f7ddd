package io.github.ecsmaven.image;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import java.util.List;
import java.util.Optional;

/**
 * The image that was built, as it lies in {@code target/ecs/image.json}. For several platforms it is an index; then what is
 * said of one image is said of the one that is tested, or of the first.
 *
 * @param name the local reference under which the engine has it, when it was loaded; else the one that it would have
 * @param digest of the manifest, or of the index, the same in every registry
 * @param imageId of the configuration, as Docker's classic store names it
 * @param base the base image; under its digest may be a list
 * @param platforms {@code os/arch[/variant]}
 * @param mainClass as given or found; empty for a WAR or an own entrypoint
 * @param ports exposed TCP ports, first the one that tests and services talk to by default
 * @param created ISO 8601
 * @param size compressed size of all layers in bytes
 * @param layers how many layers the project's own part has: dependencies, snapshot dependencies, resources, classes, extra files
 * @param newLayers how many of these weren't in the cache
 * @param newBytes compressed bytes of the new layers
 * @param loaded true when the Docker engine has it
 * @param index the images of several platforms; absent for one
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
        boolean loaded,
        Optional<Index> index) {
    public BuiltImage {
        platforms = List.copyOf(platforms);
        ports = List.copyOf(ports);
    }

    /**
     * @param name as the user wrote it or as the default says
     * @param digest what the name stood for when the image was built; for {@code docker://} and {@code tar://} the image id,
     *     for {@code scratch} the digest of no bytes
     */
    public record BaseImage(String name, Digest digest) {}

    /**
     * An image of several platforms.
     *
     * @param mediaType of the index: a Docker manifest list, or OCI's
     * @param tested the platform of the image that the Docker engine has; absent when no test needs it
     * @param manifests one for each platform, in the order of {@code ecs.from.platforms}
     */
    public record Index(String mediaType, Optional<String> tested, List<Child> manifests) {
        public Index {
            manifests = List.copyOf(manifests);
        }

        /** What is pushed after the manifests. */
        public ImageIndex toImageIndex() {
            return new ImageIndex(
                    mediaType,
                    manifests.stream()
                            .map(child -> new ImageIndex.Manifest(child.platform(), child.digest(), child.size()))
                            .toList());
        }
    }

    /**
     * The image of one platform.
     *
     * @param platform {@code os/architecture}
     * @param digest of the manifest
     * @param size of the manifest in bytes
     * @param imageId of the configuration
     * @param base digest of the base image for this platform
     */
    public record Child(String platform, Digest digest, long size, Digest imageId, Digest base) {}
}
