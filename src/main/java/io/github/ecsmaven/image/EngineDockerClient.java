package io.github.ecsmaven.image;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.DockerClient;
import com.google.cloud.tools.jib.api.DockerInfoDetails;
import com.google.cloud.tools.jib.api.ImageDetails;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.image.ImageTarball;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Jib's Docker client over our {@link Engine}, without the docker command; without an engine it only looks at the image. */
final class EngineDockerClient implements DockerClient {
    private final Optional<Engine> engine;
    private final Optional<String> baseId;
    private final String platform;
    private final ImageLoader loader;

    /**
     * @param baseId the id that a {@code docker://} base stands for, so that its name can't move under a build
     * @param platform what is built without an engine, {@code os/arch}
     */
    EngineDockerClient(Optional<Engine> engine, Optional<String> baseId, String platform, ImageLoader loader) {
        this.engine = engine;
        this.baseId = baseId;
        this.platform = platform;
        this.loader = loader;
    }

    /** @param base what the image stands on */
    static EngineDockerClient of(BaseImage base, Platform platform, Optional<Engine> engine, ImageLoader loader) {
        Optional<String> id =
                base.name().startsWith("docker://") ? Optional.of(base.digest().value()) : Optional.empty();
        return new EngineDockerClient(engine, id, Platforms.name(platform), loader);
    }

    @Override
    public boolean supported(Map<String, String> parameters) {
        return true;
    }

    @Override
    public DockerInfoDetails info() throws IOException {
        String[] parts = engine.map(Engine::info)
                .map(info -> info.os() + "/" + info.architecture())
                .orElse(platform)
                .split("/");
        return JsonMapper.builder()
                .build()
                .convertValue(Map.of("OSType", parts[0], "Architecture", parts[1]), DockerInfoDetails.class);
    }

    @Override
    public String load(ImageTarball tarball, Consumer<Long> written) throws IOException {
        loader.load(tarball);
        written.accept(tarball.getTotalLayerSize());
        return loader.built().imageId().toString();
    }

    @Override
    public void save(ImageReference image, Path tar, Consumer<Long> written) throws IOException {
        needed().save(baseId.orElse(image.toString()), tar);
        written.accept(Files.size(tar));
    }

    @Override
    public ImageDetails inspect(ImageReference image) throws IOException {
        String name = baseId.orElse(image.toString());
        Engine.EngineImage found =
                needed().inspect(name).orElseThrow(() -> new IOException("The Docker engine has no image " + name));
        return new Details(found);
    }

    private Engine needed() {
        return engine.orElseThrow(EngineDockerClient::noEngine);
    }

    static Problem noEngine() {
        return Problem.ofProject(
                "A base image with the prefix docker:// needs a Docker engine, and none is asked while the integration tests"
                        + " are skipped.",
                "set ecs.from.image to an image of a registry or to tar://…, or let the integration tests run (without"
                        + " skipITs, skipTests, maven.test.skip and ecs.test.skip).");
    }

    private record Details(Engine.EngineImage image) implements ImageDetails {
        @Override
        public long getSize() {
            return image.size();
        }

        @Override
        public DescriptorDigest getImageId() throws DigestException {
            return DescriptorDigest.fromDigest(image.id());
        }

        @Override
        public List<DescriptorDigest> getDiffIds() throws DigestException {
            List<DescriptorDigest> digests = new ArrayList<>();
            for (String diffId : image.diffIds()) {
                digests.add(DescriptorDigest.fromDigest(diffId));
            }
            return digests;
        }
    }
}
