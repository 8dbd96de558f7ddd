package io.github.ecsmaven.sandbox.ecr;

import io.github.ecsmaven.sandbox.ecr.Repository.Image;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores a manifest, by {@code PutImage} or through the registry: all that it refers to must be there before. */
final class StoreImage {
    private final Repositories repositories;
    private final Blobs blobs;
    private final Refusal refusal;
    private final Clock clock;

    StoreImage(Repositories repositories, Blobs blobs, Refusal refusal, Clock clock) {
        this.repositories = repositories;
        this.blobs = blobs;
        this.refusal = refusal;
        this.clock = clock;
    }

    /**
     * @param mediaType as sent with it, or empty
     * @param digest that the bytes must have; null: whatever they have
     * @param tag to give; null: none
     * @param again whether the same image with the same tag is welcome (a push) or refused (PutImage)
     */
    Image run(
            String name, byte[] bytes, String mediaType, @Nullable String digest, @Nullable String tag, boolean again) {
        String actual = Blobs.digest(bytes);
        Repository repository = repositories.get(name);
        if (digest != null && !digest.equals(actual)) {
            throw refusal.digestDiffers(name, digest);
        }
        checkTag(repository, actual, tag, again);
        Manifest manifest = Manifest.parse(bytes, mediaType);
        checkParts(repository, manifest);
        blobs.keep(bytes, actual);
        Repository changed = repositories.change(name, current -> {
            // once more under the lock: another push may have been quicker
            checkTag(current, actual, tag, again);
            return current.withImage(image(current, manifest, actual), tag);
        });
        return repositories.image(changed, actual, null);
    }

    private void checkTag(Repository repository, String digest, @Nullable String tag, boolean again) {
        boolean there = tag == null
                ? repository.images().containsKey(digest)
                : digest.equals(repository.tags().get(tag));
        if (there && !again) {
            throw refusal.imageExists(repository.name(), digest, tag);
        }
        if (tag != null && !repository.mayMove(tag) && repository.tags().containsKey(tag)) {
            throw refusal.tagExists(repository.name(), tag);
        }
    }

    private void checkParts(Repository repository, Manifest manifest) {
        List<String> absent = manifest.blobs().stream()
                .filter(blob -> !repository.blobs().contains(blob) || !blobs.claim(blob))
                .distinct()
                .toList();
        if (!absent.isEmpty()) {
            throw refusal.layersNotFound(repository.name(), absent);
        }
        List<String> children = manifest.children().stream()
                .map(Manifest.Child::digest)
                .filter(child -> !repository.images().containsKey(child))
                .toList();
        if (!children.isEmpty()) {
            throw refusal.childrenNotFound(repository.name(), children);
        }
    }

    /** Of an index the size of its largest image (ECR API, ImageDetail). */
    private static long size(Repository repository, Manifest manifest) {
        return manifest.children().stream()
                .map(child -> repository.images().get(child.digest()))
                .filter(Objects::nonNull)
                .mapToLong(Image::size)
                .max()
                .orElse(manifest.size());
    }

    private Image image(Repository repository, Manifest manifest, String digest) {
        Image known = repository.images().get(digest);
        if (known != null) {
            return known;
        }
        long now = clock.millis();
        List<String> children =
                manifest.children().stream().map(Manifest.Child::digest).toList();
        Long scanned = repository.scanOnPush() && !manifest.isIndex() ? now : null;
        return new Image(
                digest,
                manifest.mediaType(),
                manifest.artifactType(),
                size(repository, manifest),
                now,
                children,
                scanned);
    }
}
