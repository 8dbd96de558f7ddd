package io.github.ecsmaven.sandbox.ecr;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The images that were pushed, for the part of the sandbox that runs them. */
public interface StoredImages {
    /**
     * What a name means, image or index.
     *
     * @param image {@code registry/repository[:tag][@sha256:…]} as in a task definition
     * @return digest of the manifest; empty when the registry isn't this sandbox's; a refusal of ECR (repository or image
     *     missing) is an AwsError
     */
    Optional<String> digest(String image);

    /**
     * The image to run; of an index that of the platform.
     *
     * @param image as for {@link #digest}
     * @param platform is asked for an index only
     * @return as for {@link #digest}; an index that hasn't got the platform is an AwsError too ({@link #NO_PLATFORM})
     */
    Optional<StoredImage> resolve(String image, Supplier<Platform> platform);

    /** Code of the refusal. */
    String NO_PLATFORM = "UnsupportedImageTypeException";

    /**
     * What an engine runs, in the words of image configurations: {@code linux} and {@code amd64}.
     */
    record Platform(String os, String architecture) {}

    /**
     * @param digest of the manifest that was asked for (an index keeps its own)
     * @param config digest of the configuration for the platform: the image id of Docker's classic store
     * @param configFile its bytes
     * @param layers in order
     */
    record StoredImage(String digest, String config, Path configFile, List<Layer> layers) {
        public StoredImage {
            layers = List.copyOf(layers);
        }
    }

    /**
     * @param digest of the compressed bytes
     * @param file the compressed bytes
     * @param mediaType tells the compression
     */
    record Layer(String digest, Path file, String mediaType) {}
}
