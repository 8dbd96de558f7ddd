package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Builds the image of one platform, and loads it into the Docker engine when it is wanted there. */
final class BuildPart {
    private final ImageRequest request;
    private final ContainerPlan plan;
    private final ImageLog log;
    private final LastLoaded last;
    private final Set<String> cached;

    /** Made before the first build: what is in Jib's cache now is what isn't new. */
    BuildPart(ImageRequest request, ContainerPlan plan, ImageLog log) throws IOException {
        Path cache = Files.createDirectories(request.caches().application());
        this.request = request;
        this.plan = plan;
        this.log = log;
        this.last = new LastLoaded(request.caches());
        this.cached = OwnLayers.cached(cache);
    }

    /**
     * The image of one platform.
     *
     * @param name the local reference under which the engine has it, or would have it
     * @param own the layers that the project adds
     */
    record Part(
            Platform platform,
            BaseImage base,
            String name,
            Digest digest,
            Digest imageId,
            JibImage image,
            OwnLayers own) {}

    /** @param engine where to load the image; empty: nowhere */
    Part run(Platform platform, BaseImage base, Optional<Engine> engine)
            throws IOException, RegistryException, ExecutionException {
        ImageLoader loader = loader(engine);
        EngineDockerClient docker = EngineDockerClient.of(base, platform, engine, loader);
        JibContainerBuilder builder = plan.builder(base, platform, docker);
        OwnLayers own = new OwnLayers(builder, cached);
        JibContainer container = containerize(builder, docker);
        if (engine.isPresent()) {
            last.loaded(loader.name());
        }
        return new Part(
                platform,
                base,
                loader.name(),
                new Digest(container.getDigest().toString()),
                new Digest(container.getImageId().toString()),
                loader.built(),
                own);
    }

    private ImageLoader loader(Optional<Engine> engine) {
        List<String> relatives = new ArrayList<>();
        last.name().ifPresent(relatives::add);
        if (!request.base().image().startsWith("tar://")) {
            relatives.add(request.base().image().replaceFirst("^(docker|registry)://", ""));
        }
        return new ImageLoader(engine, repository(), relatives, request.caches().application(), log);
    }

    private String repository() {
        String name = request.application().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return "ecs-test/" + name.replaceAll("^-|-$", "");
    }

    private JibContainer containerize(JibContainerBuilder builder, EngineDockerClient docker)
            throws IOException, RegistryException, ExecutionException {
        try {
            ImageReference target = ImageReference.parse(repository());
            return builder.containerize(Containerizer.to(docker, DockerDaemonImage.named(target))
                    .setToolName(ImageTool.NAME)
                    .setToolVersion(ImageTool.VERSION)
                    .setBaseImageLayersCache(request.caches().base())
                    .setApplicationLayersCache(request.caches().application())
                    .setAlwaysCacheBaseImage(true)
                    .setAllowInsecureRegistries(isLoopbackBase())
                    .addEventHandler(LogEvent.class, event -> log.detail(event.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Problem.ofProject("Building the image was interrupted.", "run the build again.");
        } catch (CacheDirectoryCreationException | InvalidImageReferenceException error) {
            throw new ExecutionException(error);
        }
    }

    private boolean isLoopbackBase() {
        String image = request.base().image();
        return !image.startsWith("tar://") && BaseResolver.isLoopback(BaseResolver.reference(image));
    }
}
