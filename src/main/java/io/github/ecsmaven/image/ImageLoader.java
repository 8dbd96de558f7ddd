package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.image.ImageTarball;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings an image into the engine with as few bytes as the engine allows: none when it has the image, and on a classic
 * store only the layers that it hasn't.
 */
final class ImageLoader {
    private final Optional<Engine> engine;
    private final String repository;
    private final List<String> relatives;
    private final Path folder;
    private final ImageLog log;
    private @Nullable JibImage built;

    /**
     * @param repository local name without tag
     * @param relatives names of images that may share layers with the new one
     * @param folder for the tar while it is loaded
     */
    ImageLoader(Optional<Engine> engine, String repository, List<String> relatives, Path folder, ImageLog log) {
        this.engine = engine;
        this.repository = repository;
        this.relatives = List.copyOf(relatives);
        this.folder = folder;
        this.log = log;
    }

    JibImage built() {
        if (built == null) {
            throw new IllegalStateException("nothing was built");
        }
        return built;
    }

    /**
     * The local reference. Its tag is made of the image id and of the project's folder, so that two checkouts of one project
     * don't take each other's image away.
     */
    String name() {
        String id = built().imageId().value().substring("sha256:".length(), 19);
        return repository + ":" + id + "-"
                + Integer.toHexString(folder.toAbsolutePath().normalize().hashCode());
    }

    void load(ImageTarball tarball) throws IOException {
        JibImage image = JibImage.of(tarball);
        built = image;
        if (engine.isPresent()) {
            load(engine.get(), image);
        }
    }

    private void load(Engine target, JibImage image) throws IOException {
        boolean classic = !target.info().containerdStore();
        if (classic && target.inspect(image.imageId().value()).isPresent()) {
            log.detail("The engine has " + image.imageId() + " already.");
            target.tag(image.imageId().value(), name());
            return;
        }
        int known = classic ? known(target, image) : 0;
        if (known > 0 && sentThin(target, image, known)) {
            return;
        }
        send(target, image, 0);
        if (!arrived(target, image)) {
            throw new IOException("The Docker engine took the image, but does not have it as " + name());
        }
    }

    private int known(Engine target, JibImage image) {
        return relatives.stream()
                .map(target::inspect)
                .flatMap(Optional::stream)
                .mapToInt(relative -> image.sharedWith(relative.diffIds()))
                .max()
                .orElse(0);
    }

    private boolean sentThin(Engine target, JibImage image, int known) throws IOException {
        try {
            send(target, image, known);
            return arrived(target, image);
        } catch (RuntimeException refused) {
            log.detail("The engine refused the image without the layers that it has, sending all: " + refused);
            return false;
        }
    }

    private boolean arrived(Engine target, JibImage image) {
        return target.inspect(name())
                .filter(found -> found.diffIds().equals(image.diffIds()))
                .isPresent();
    }

    private void send(Engine target, JibImage image, int known) throws IOException {
        Files.createDirectories(folder);
        Path tar = Files.createTempFile(folder, "load", ".tar");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16)) {
                image.write(out, name(), known);
            }
            log.detail("Loading " + Files.size(tar) + " bytes into the engine, " + known + " layers are there.");
            log.progress("loading into the Docker engine", 0, Files.size(tar));
            target.load(tar);
        } finally {
            Files.deleteIfExists(tar);
        }
    }
}
