package io.github.ecsmaven.goal;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.ImageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds the container image of the project, and loads it into the Docker engine when tests need it. */
@Mojo(
        name = "image",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ImageMojo extends BuildImageMojo {
    @Override
    void work() {
        files().forget(session.getStartTime().toInstant());
        ImageRequest request = imageRequest();
        if (isLibrary(request)) {
            getLog().debug("No main class in " + project.getArtifactId() + ": a library, no image.");
            return;
        }
        build(request);
    }

    private void build(ImageRequest request) {
        Clock clock = Clock.systemUTC();
        Instant begin = clock.instant();
        ConsoleImageLog log = new ConsoleImageLog(getLog(), progress(clock));
        BuildImage build = new BuildImage(log, clock, logins().ofBase());
        Predicate<BuiltImage> onItsBase = image -> build.isOnItsBase(request, image, engine());
        Optional<BuiltImage> ahead =
                ImageAhead.of(project).flatMap(there -> there.take(request, needsEngine(), onItsBase, log));
        BuiltImage built = ahead.orElseGet(() -> build.run(request, engine()));
        RecordFile.write(files().image(), built);
        board().note(project, "digest", built.digest().value());
        built.index().ifPresent(index -> board().note(project, "platforms", ConsoleImageLog.platforms(index)));
        log.built(project.getArtifactId(), built, Duration.between(begin, clock.instant()));
    }
}
