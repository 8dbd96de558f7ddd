package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.ImageTagAlreadyExistsException;

/** The tags of a pushed image: put onto the manifest that is there, never moved where they are immutable. */
final class EcrTags {
    private final EcrRepository repository;
    private final ImageReference image;
    private final Digest digest;

    EcrTags(EcrRepository repository, ImageReference image, Digest digest) {
        this.repository = repository;
        this.image = image;
        this.digest = digest;
    }

    /** Asked before the push, so that nothing is sent and no other tag moves when one can't. */
    void requireFree(List<ImageTag> tags) {
        TagMutability mutability = repository.mutability();
        List<ImageTag> fixed =
                tags.stream().filter(tag -> !mutability.mayMove(tag.name())).toList();
        if (!fixed.isEmpty()) {
            requireSame(
                    fixed, repository.digests(fixed.stream().map(ImageTag::name).toList()));
        }
    }

    /**
     * A tag that names this digest already is fine.
     *
     * @param index what the digest is of; empty for one image, whose bytes are read back
     */
    void put(List<ImageTag> tags, Optional<ImageIndex> index) {
        Image manifest = index.map(this::image).orElseGet(() -> repository.manifest(digest));
        tags.forEach(tag -> put(manifest, tag));
    }

    private Image image(ImageIndex index) {
        return Image.builder()
                .imageId(id -> id.imageDigest(digest.value()))
                .imageManifest(index.text())
                .imageManifestMediaType(index.mediaType())
                .build();
    }

    private void put(Image manifest, ImageTag tag) {
        try {
            repository.put(manifest, tag.name());
        } catch (ImageAlreadyExistsException same) {
            // ECR says so when the tag names this very digest: it is where it should be.
        } catch (ImageTagAlreadyExistsException taken) {
            String there = repository.digests(List.of(tag.name())).getOrDefault(tag.name(), "unknown");
            requireSame(List.of(tag), Map.of(tag.name(), there));
        }
    }

    /** @param there what tags name, for those that are there */
    private void requireSame(List<ImageTag> tags, Map<String, String> there) {
        Map<ImageTag, String> taken = new LinkedHashMap<>();
        for (ImageTag tag : tags) {
            String names = there.getOrDefault(tag.name(), digest.value());
            if (!names.equals(digest.value())) {
                taken.put(tag, names);
            }
        }
        if (!taken.isEmpty()) {
            throw new TakenTags(image.getRegistry() + "/" + image.getRepository(), digest).explain(taken);
        }
    }
}
