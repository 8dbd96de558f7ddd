package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import java.util.HashSet;
import java.util.Set;

/** Deletes the blobs that no image uses any more, but for those that a push under way may rely on. */
final class FreeBlobs {
    private final Repositories repositories;
    private final Blobs blobs;

    FreeBlobs(Repositories repositories, Blobs blobs) {
        this.repositories = repositories;
        this.blobs = blobs;
    }

    /** One at a time: of two, the second has nothing left to do. */
    synchronized void run() {
        Set<String> free = new HashSet<>(blobs.unclaimed());
        for (Repository repository : repositories.all()) {
            repository.images().values().forEach(image -> free.removeAll(parts(image)));
        }
        for (Repository repository : repositories.all()) {
            repositories.change(repository.name(), current -> current.withoutBlobs(free));
        }
        blobs.delete(free);
    }

    private Set<String> parts(Image image) {
        Set<String> parts = new HashSet<>(
                Manifest.parse(blobs.bytes(image.digest()), image.mediaType()).blobs());
        parts.add(image.digest());
        return parts;
    }
}
