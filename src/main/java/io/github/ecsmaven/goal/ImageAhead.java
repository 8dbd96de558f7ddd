package io.github.ecsmaven.goal;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ImageLog;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.InputFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
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
     * Waits for the image, and gives it when it is the one that is wanted now. What went wrong is no error here: it may be over,
     * as when the build itself has started the engine or made the base image meanwhile.
     *
     * @param onItsBase whether the base image that it was built on is still the one that is wanted
     */
    Optional<BuiltImage> take(ImageRequest wanted, boolean toBeLoaded, Predicate<BuiltImage> onItsBase, ImageLog log) {
        held.showProgressOn(log);
        // Compared when it is built, not before: a file that changed meanwhile may be in it or not.
        // And the same caches are not for two builds at once.
        image.handle((built, failed) -> true).join();
        try {
            Optional<String> changed = changed(wanted, toBeLoaded, onItsBase);
            if (changed.isPresent()) {
                log.detail(changed.get() + " changed since the image was begun; building it anew.");
                return Optional.empty();
            }
            held.tell(log);
            return Optional.of(image.join());
        } catch (CompletionException | IOException error) {
            log.detail("The image that was begun is of no use (" + error + "); building it anew.");
            return Optional.empty();
        }
    }

    private Optional<String> changed(ImageRequest wanted, boolean toBeLoaded, Predicate<BuiltImage> onItsBase)
            throws IOException {
        if (!wanted.equals(request) || toBeLoaded != loaded) {
            return Optional.of("Settings have");
        }
        if (!stamp.join().equals(InputFiles.stamp(wanted))) {
            return Optional.of("Files have");
        }
        return onItsBase.test(image.join()) ? Optional.empty() : Optional.of("The base image has");
    }
}
