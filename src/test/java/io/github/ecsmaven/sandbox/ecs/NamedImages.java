package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.ecr.StoredImages;
import java.util.Optional;
import java.util.function.Supplier;

/** No image is in the registry; what a reference is pinned to is known all the same, as ECS knows it. */
final class NamedImages implements StoredImages {
    static Optional<String> pinned(String image) {
        int at = image.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1));
    }

    @Override
    public Optional<String> digest(String image) {
        return pinned(image);
    }

    @Override
    public Optional<StoredImage> resolve(String image, Supplier<Platform> platform) {
        return Optional.empty();
    }
}
