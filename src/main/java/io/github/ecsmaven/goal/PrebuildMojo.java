package io.github.ecsmaven.goal;

import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.WarmUp;
import java.time.Clock;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Begins to build the image while the unit tests run and the jar is packaged. {@code ecs:image} takes what this has made when
 * neither a setting nor a file nor a base image of this machine has changed since, else it builds anew; what goes wrong here is
 * tried again there. Bound only by a build that goes on to the integration tests.
 */
@Mojo(
        name = "prebuild",
        defaultPhase = LifecyclePhase.PROCESS_TEST_CLASSES,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PrebuildMojo extends BuildImageMojo {
    @Override
    void work() {
        ImageRequest request = imageRequest();
        if (isLibrary(request)) {
            return;
        }
        Clock clock = Clock.systemUTC();
        if (request.application().war().isPresent()) {
            // The WAR is not there yet, but Jib's classes can be.
            Background.run(
                    "ecs-image-warm-up", () -> WarmUp.run(files().folder().resolve("warm-up"), clock));
            return;
        }
        ImageAhead.begin(project, request, needsEngine(), log -> new BuildImage(log, clock, logins().ofBase())
                .run(request, engine()));
    }
}
