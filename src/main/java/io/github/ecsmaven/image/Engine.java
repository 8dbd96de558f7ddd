package io.github.ecsmaven.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The Docker engine as far as building an image needs it. The goals put the keeper behind it. */
public interface Engine {
    /** What the engine says of itself. */
    Info info();

    /** The image with this reference or id, or empty when the engine hasn't got it. */
    Optional<EngineImage> inspect(String reference);

    /** Loads a tar of {@code docker save}'s form. */
    void load(Path tar);

    /** Gives an image that the engine has another name, {@code name:tag}. */
    void tag(String imageId, String reference);

    /** Takes a name away from an image, and removes the image when it was the last name and no container needs it. */
    void remove(String reference);

    /** Writes the image as {@code docker save} would. */
    void save(String reference, Path tar);

    /**
     * @param version of the engine, for example 28.2.2
     * @param os for example linux
     * @param architecture as the OCI image spec writes it, for example amd64
     * @param containerdStore true when images lie in containerd's store, where an image id is a manifest digest
     */
    record Info(String version, String os, String architecture, boolean containerdStore) {}

    /**
     * @param id {@code sha256:…}
     * @param size in bytes
     * @param diffIds the RootFS layers in order
     */
    record EngineImage(String id, long size, List<String> diffIds) {
        public EngineImage {
            diffIds = List.copyOf(diffIds);
        }
    }
}
