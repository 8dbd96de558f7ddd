package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A push.
 *
 * @param tested what may be pushed
 * @param repository ECR repository name
 * @param registry another registry host than ECR's {@code repositoryUri} says
 * @param fullName {@code ecs.to.image}: any registry; then ECR's API isn't called
 * @param tags at least one
 * @param create how a missing repository is made; empty: it is not
 * @param scan what ECR's scan has to show before the tags are put; empty: it is not asked for
 * @param dryRun say what would be done
 * @param baseCache Jib's cache shared by all projects
 * @param applicationCache Jib's cache below target
 */
public record PushRequest(
        Tested tested,
        String repository,
        Optional<String> registry,
        Optional<String> fullName,
        List<ImageTag> tags,
        Optional<NewRepository> create,
        Optional<ScanGate> scan,
        boolean dryRun,
        Path baseCache,
        Path applicationCache) {
    public PushRequest {
        tags = List.copyOf(tags);
    }

    /** What the registry is told of the tags. */
    List<String> tagNames() {
        return tags.stream().map(ImageTag::name).toList();
    }

    /**
     * An image that was tested, or the images of several platforms, of which one was.
     *
     * @param digest of the image, or of the index
     * @param images one for each platform
     * @param index of several; empty for one
     */
    public record Tested(Digest digest, List<Image> images, Optional<ImageIndex> index) {
        public Tested {
            images = List.copyOf(images);
            List<Digest> built = images.stream().map(Image::digest).toList();
            List<Digest> listed = index.stream()
                    .flatMap(list -> list.manifests().stream())
                    .map(ImageIndex.Manifest::digest)
                    .toList();
            if (!built.equals(index.isPresent() ? listed : List.of(digest))) {
                throw new IllegalArgumentException("the images " + built + " are not those of " + digest);
            }
        }
    }

    /**
     * The image of one platform.
     *
     * @param digest that it had when it was built; another one fails the push before anything is sent
     * @param builder makes the very bytes again
     */
    public record Image(Digest digest, JibContainerBuilder builder) {}
}
