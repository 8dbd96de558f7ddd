package io.github.ecsmaven.goal;

import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.Engine;
import io.github.ecsmaven.image.ImageRequest;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.plugins.annotations.Parameter;

/** The goals that build the image for the tests: ahead of time, and when it is wanted. */
abstract class BuildImageMojo extends ImageOptionsMojo {
    /**
     * Lets Testcontainers start Ryuk, a container of its own that removes temporary containers when even the plugin's keeper
     * was killed; else the next start removes them. Its image {@code testcontainers/ryuk} has to be in the engine, or in
     * reach of it. One setting for all modules of a build; the environment variable {@code TESTCONTAINERS_RYUK_DISABLED} goes
     * before it. Example: {@code -Decs.test.ryuk}.
     */
    @Parameter(property = "ecs.test.ryuk", defaultValue = "false")
    String testRyuk;

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        values.accept(this::withRyuk);
        values.accept(() -> {
            if (deployed && !needsEngine()) {
                BuildImage.requireBaseWithoutEngine(imageRequest());
            }
        });
    }

    private boolean withRyuk() {
        return OptionText.flag("ecs.test.ryuk", testRyuk);
    }

    /** True for a reactor's module without a main class, which gets no image. */
    final boolean isLibrary(ImageRequest request) {
        return inReactor() && !BuildImage.hasMainClass(request);
    }

    /** True when the image is wanted in the Docker engine. */
    final boolean needsEngine() {
        return testsSkippedBy(testSkip).isEmpty();
    }

    /** The engine when the image is wanted there; its keeper is forked when this session has none. */
    final Optional<Engine> engine() {
        return needsEngine()
                ? Optional.of(SessionKeeper.engine(new SessionKeeper(session, withRyuk()).get()))
                : Optional.empty();
    }
}
