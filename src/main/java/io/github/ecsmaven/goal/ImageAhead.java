package io.github.ecsmaven.goal;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ImageLog;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.InputFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.maven.project.MavenProject;

/** An image that is being built before its goal is reached. */
final class ImageAhead {
    private final ImageRequest request;
    private final boolean loaded;
    private final HeldImageLog held = new HeldImageLog();
    private final CompletableFuture<Digest> stamp = new CompletableFuture<>();
    private final CompletableFuture<BuiltImage> image = new CompletableFuture<>();

    private ImageAhead(ImageRequest request, boolean loaded) {
        this.request = request;
        this.loaded = loaded;
    }

    /**
     * Begins to build in the background.
     *
     * @param loaded whether the image is loaded into the engine
     * @param build the work, telling the log that it is given
     */
    static void begin(
            MavenProject project, ImageRequest request, boolean loaded, Function<ImageLog, BuiltImage> build) {
        ImageAhead ahead = new ImageAhead(request, loaded);
        project.setContextValue(ImageAhead.class.getName(), ahead);
        Background.run("ecs-prebuild", () -> ahead.work(build));
    }

    /** What was begun in this module; nothing when a goal in another class realm has begun it. */
    static Optional<ImageAhead> of(MavenProject project) {
        return Optional.ofNullable(project.getContextValue(ImageAhead.class.getName()))
                .filter(ImageAhead.class::isInstance)
                .map(ImageAhead.class::cast);
    }

    private void work(Function<ImageLog, BuiltImage> build) {
        try {
            stamp.complete(InputFiles.stamp(request));
            image.complete(build.apply(held));
        } catch (Throwable error) {
            stamp.completeExceptionally(error);
            image.completeExceptionally(error);
        }
    }

    /**
     * Waits for the image, and gives it when it is the one that is wanted now.
     *
     * @throws Problem that building it has met, and would meet again
     */
    Optional<BuiltImage> take(ImageRequest wanted, boolean toBeLoaded, ImageLog log) {
        if (!wanted.equals(request) || toBeLoaded != loaded) {
            log.detail("The image was begun with other settings; building it anew.");
            return Optional.empty();
        }
        held.showProgressOn(log);
        // Compared when it is built, not before: a file that changed meanwhile may be in it or not.
        image.handle((built, failed) -> true).join();
        try {
            if (!stamp.join().equals(InputFiles.stamp(wanted))) {
                log.detail("Files have changed since the image was begun; building it anew.");
                return Optional.empty();
            }
            BuiltImage built = image.join();
            held.tell(log);
            return Optional.of(built);
        } catch (CompletionException | IOException error) {
            if (error.getCause() instanceof Problem known) {
                throw known;
            }
            log.detail("The image that was begun is of no use (" + error + "); building it anew.");
            return Optional.empty();
        }
    }
}
