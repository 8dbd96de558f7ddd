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
        forget(blobs.deleteUnclaimed(unused()));
    }

    /** What no image uses at this moment; a push may claim some of it at the next. */
    Set<String> unused() {
        Set<String> unused = new HashSet<>(blobs.unclaimed());
        for (Repository repository : repositories.all()) {
            repository.images().values().forEach(image -> unused.removeAll(parts(image)));
        }
        return unused;
    }

    /** Takes blobs out of the repositories' lists, but for those that were uploaded again since they were deleted. */
    void forget(Set<String> deleted) {
        for (Repository repository : repositories.all()) {
            // An upload stores the bytes first and lists them under this lock then.
            repositories.change(repository.name(), current -> current.withoutBlobs(blobs.absent(deleted)));
        }
    }

    private Set<String> parts(Image image) {
        Set<String> parts = new HashSet<>(
                Manifest.parse(blobs.bytes(image.digest()), image.mediaType()).blobs());
        parts.add(image.digest());
        return parts;
    }
}
