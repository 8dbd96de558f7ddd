package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import java.util.List;
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
    void requireFree(List<String> tags) {
        TagMutability mutability = repository.mutability();
        List<String> fixed =
                tags.stream().filter(tag -> !mutability.mayMove(tag)).toList();
        if (!fixed.isEmpty()) {
            repository.digests(fixed).forEach(this::requireSame);
        }
    }

    /**
     * A tag that names this digest already is fine.
     *
     * @param index what the digest is of; empty for one image, whose bytes are read back
     */
    void put(List<String> tags, Optional<ImageIndex> index) {
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

    private void put(Image manifest, String tag) {
        try {
            repository.put(manifest, tag);
        } catch (ImageAlreadyExistsException same) {
            // ECR says so when the tag names this very digest: it is where it should be.
        } catch (ImageTagAlreadyExistsException taken) {
            requireSame(tag, repository.digests(List.of(tag)).getOrDefault(tag, "unknown"));
        }
    }

    private void requireSame(String tag, String there) {
        if (!there.equals(digest.value())) {
            throw Problem.ofProject(
                    "The tag '" + tag + "' of " + image.getRegistry() + "/" + image.getRepository()
                            + " is immutable and names another image.",
                    List.of("There: " + there, "Built: " + digest),
                    wayOut(tag));
        }
    }

    static String wayOut(String tag) {
        return tag.contains("-SNAPSHOT")
                ? "a SNAPSHOT's tag has to move: name one that doesn't (-Decs.tags={version}-{commit:8}), or let the"
                        + " repository's immutability leave out *-SNAPSHOT."
                : "raise the project's version or name another tag in ecs.tags.";
    }
}
