package io.github.ecsmaven.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that decides what an image is.
 *
 * @param application what goes into it
 * @param base what it stands on
 * @param container how it is run
 * @param caches where Jib keeps layers
 */
public record ImageRequest(Application application, Base base, ContainerOptions container, Caches caches) {

    /**
     * The project's own part.
     *
     * @param name the artifactId: name of the local image, and of the project in messages
     * @param version the project's version
     * @param classes {@code target/classes}; may be absent on disk
     * @param war the exploded or packed WAR of a war project; empty for a jar project
     * @param dependencies the runtime class path without the project itself, in class path order
     * @param extraDirectory {@code src/main/jib}: files that are copied as they are, when the folder exists
     * @param javaRelease the major Java version that the classes need, for example 17
     */
    public record Application(
            String name,
            String version,
            Path classes,
            Optional<Path> war,
            List<Dependency> dependencies,
            Path extraDirectory,
            int javaRelease) {
        public Application {
            dependencies = List.copyOf(dependencies);
        }
    }

    /**
     * One jar of the runtime class path.
     *
     * @param file the jar
     * @param snapshot true for a SNAPSHOT version; it goes into a layer of its own
     * @param module true for a module of the same reactor; it goes into the snapshot layer too
     */
    public record Dependency(Path file, boolean snapshot, boolean module) {
        /** True for what goes into the layer of snapshots. */
        boolean changesOften() {
            return snapshot || module;
        }
    }

    /**
     * The base image.
     *
     * @param image {@code ecs.from.image}: a name, or one with the prefix {@code docker://}, {@code tar://} or {@code registry://}
     * @param platforms {@code os/arch[/variant]}; several only of a base image that is a manifest list in a registry
     */
    public record Base(String image, List<String> platforms) {
        public Base {
            platforms = List.copyOf(platforms);
        }
    }

    /**
     * Jib's caches.
     *
     * @param base shared by all projects of the user
     * @param application below {@code target}
     */
    public record Caches(Path base, Path application) {}
}
