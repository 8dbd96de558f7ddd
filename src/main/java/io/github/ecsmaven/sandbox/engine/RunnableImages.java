package io.github.ecsmaven.sandbox.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.sandbox.ecr.StoredImages;
import io.github.ecsmaven.sandbox.ecr.StoredImages.StoredImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees to it that the engine has the image of a task: it has it already, or it is loaded from what was pushed. */
public final class RunnableImages {
    private final StoredImages stored;
    private final DockerEngine engine;
    private final String prefix;
    private final ObjectMapper json = new ObjectMapper();

    /** @param homeId tells the images that this home has loaded from those of others */
    public RunnableImages(StoredImages stored, DockerEngine engine, String homeId) {
        this.stored = stored;
        this.engine = engine;
        this.prefix = "ecs-sandbox:" + homeId + "-";
    }

    /**
     * @param reference to create a container with
     * @param digest of the manifest; of a local image that was never pulled: its id
     */
    public record RunnableImage(String reference, String digest) {}

    /**
     * The image of a task definition, in the engine; of two that ask at once for a new one, one loads it.
     *
     * @return empty when neither the sandbox's registry nor the engine has it
     * @throws io.github.ecsmaven.sandbox.wire.AwsError when the sandbox's registry refuses
     */
    public Optional<RunnableImage> find(String image) {
        Optional<StoredImage> pushed = stored.resolve(image, engine::platform);
        if (pushed.isPresent()) {
            return Optional.of(ensure(pushed.get()));
        }
        return engine.image(image).map(local -> new RunnableImage(image, digest(local)));
    }

    private synchronized RunnableImage ensure(StoredImage image) {
        String tag = prefix + image.config().substring("sha256:".length()).substring(0, 16);
        List<String> diffIds = diffIds(image);
        for (String candidate : List.of(image.config(), tag)) {
            if (engine.image(candidate)
                    .filter(found -> found.diffIds().equals(diffIds))
                    .isPresent()) {
                return new RunnableImage(candidate, image.digest());
            }
        }
        try (InputStream tar = ImageTar.of(image, tag)) {
            engine.load(tar);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        return new RunnableImage(tag, image.digest());
    }

    /** Takes the images out of the engine that were loaded into it here. */
    public void forget() {
        engine.names(prefix).forEach(engine::removeImage);
    }

    /** A containerd store names an image by its manifest: only the unpacked layers tell that it is the same. */
    private List<String> diffIds(StoredImage image) {
        try {
            List<String> ids = new ArrayList<>();
            json.readTree(image.configFile().toFile())
                    .path("rootfs")
                    .path("diff_ids")
                    .forEach(id -> ids.add(id.asText()));
            return ids;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static String digest(EngineImage local) {
        return local.repoDigests().stream()
                .map(name -> name.substring(name.indexOf('@') + 1))
                .findFirst()
                .orElse(local.id());
    }
}
