package io.github.ecsmaven.goal;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.Engine;
import io.github.ecsmaven.image.ImageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds the container image of the project, and loads it into the Docker engine when tests need it. */
@Mojo(
        name = "image",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class ImageMojo extends ImageOptionsMojo {
    /**
     * Lets Testcontainers start Ryuk, a container of its own that removes temporary containers when even the plugin's keeper
     * was killed; else the next start removes them. Its image {@code testcontainers/ryuk} has to be in the engine, or in
     * reach of it. One setting for all modules of a build; the environment variable {@code TESTCONTAINERS_RYUK_DISABLED} goes
     * before it. Example: {@code -Decs.test.ryuk}.
     */
    @Parameter(property = "ecs.test.ryuk", defaultValue = "false")
    boolean testRyuk;

    @Override
    void work() {
        files().forget(session.getStartTime().toInstant());
        ImageRequest request = imageRequest();
        if (inReactor() && !BuildImage.hasMainClass(request)) {
            getLog().debug("No main class in " + project.getArtifactId() + ": a library, no image.");
            return;
        }
        // Forked first: the keeper starts while the image is being built.
        Optional<Engine> engine = testsSkippedBy(testSkip).isPresent()
                ? Optional.empty()
                : Optional.of(SessionKeeper.engine(new SessionKeeper(session, testRyuk).get()));
        build(request, engine);
    }

    private void build(ImageRequest request, Optional<Engine> engine) {
        Clock clock = Clock.systemUTC();
        Instant begin = clock.instant();
        ConsoleImageLog log = new ConsoleImageLog(getLog(), progress(clock));
        BuiltImage built = new BuildImage(log, clock).run(request, engine);
        RecordFile.write(files().image(), built);
        board().note(project, "digest", built.digest().value());
        built.index().ifPresent(index -> board().note(project, "platforms", ConsoleImageLog.platforms(index)));
        log.built(project.getArtifactId(), built, Duration.between(begin, clock.instant()));
    }
}
