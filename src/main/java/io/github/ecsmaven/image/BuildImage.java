package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import java.util.Optional;

/** Builds the image of a project, and loads it into the Docker engine when there is one. */
public final class BuildImage {
    private final ImageLog log;

    public BuildImage(ImageLog log) {
        this.log = log;
    }

    /**
     * @param engine where to load the image; empty when no test needs it
     * @throws io.github.ecsmaven.Problem with the words that the user needs: no or several main classes, a base image that can't be had, bad options
     */
    public BuiltImage run(ImageRequest request, Optional<Engine> engine) {
        log.detail("building");
        throw new UnsupportedOperationException();
    }

    /** The builder that makes the same bytes again, on the recorded base digest, for a push by the ecr room. */
    public JibContainerBuilder again(ImageRequest request, BuiltImage built, Optional<Engine> engine) {
        throw new UnsupportedOperationException();
    }

    /** True when a main class is found or named: what tells a service's module from a library's in a reactor. */
    public static boolean hasMainClass(ImageRequest request) {
        throw new UnsupportedOperationException();
    }
}
