package io.github.ecsmaven.ecs.definition;

import java.util.Optional;

/**
 * An image reference in a container definition, taken apart (distribution spec, "reference").
 *
 * @param repository registry and repository, without tag and digest
 * @param digest {@code sha256:…} when it is pinned
 */
public record ImageName(String repository, Optional<String> digest) {
    public static ImageName parse(String image) {
        int at = image.indexOf('@');
        String name = at < 0 ? image : image.substring(0, at);
        int colon = name.lastIndexOf(':');
        // A colon before a slash is the port of the registry.
        String repository = colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
        return new ImageName(repository, at < 0 ? Optional.empty() : Optional.of(image.substring(at + 1)));
    }

    public boolean sameRepository(String image) {
        return repository.equals(parse(image).repository);
    }
}
