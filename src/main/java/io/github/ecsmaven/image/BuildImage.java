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
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageTool;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Builds the image of a project, and loads it into the Docker engine when there is one. */
public final class BuildImage {
    private final ImageLog log;
    private final Clock clock;

    /** @param clock for {@code ecs.container.creationTime=USE_CURRENT_TIMESTAMP} */
    public BuildImage(ImageLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param engine where to load the image; empty when no test needs it
     * @throws io.github.ecsmaven.Problem with the words that the user needs: no or several main classes, a base image that can't be had, bad options
     */
    public BuiltImage run(ImageRequest request, Optional<Engine> engine) {
        ContainerValues values = ContainerValues.of(request, clock::instant);
        Optional<String> main = needsMainClass(request) ? Optional.of(MainClass.of(request)) : Optional.empty();
        BaseImage base = new BaseResolver(log).resolve(request.base().image(), engine);
        try {
            return build(request, values, base, main, engine);
        } catch (IOException error) {
            throw failed(request, error);
        }
    }

    private BuiltImage build(
            ImageRequest request,
            ContainerValues values,
            BaseImage base,
            Optional<String> main,
            Optional<Engine> engine)
            throws IOException {
        Path cache = Files.createDirectories(request.caches().application());
        LastLoaded last = new LastLoaded(cache, log);
        ImageLoader loader = loader(request, engine, last);
        EngineDockerClient docker = client(request, base, engine, loader);
        JibContainerBuilder builder = new ContainerPlan(request, values, main).builder(base, docker);
        OwnLayers own = new OwnLayers(builder, cache);
        JibContainer container = containerize(request, builder, docker);
        if (engine.isPresent()) {
            last.replace(loader.name(), engine.get());
        }
        TarContents contents = loader.contents();
        return new BuiltImage(
                loader.name(),
                new Digest(container.getDigest().toString()),
                new Digest(container.getImageId().toString()),
                base,
                request.base().platforms(),
                main,
                values.portNumbers(),
                values.created().toString(),
                contents.size(),
                own.count(),
                own.fresh(contents).size(),
                own.fresh(contents).stream().mapToLong(Long::longValue).sum(),
                engine.isPresent());
    }

    /** The builder that makes the same bytes again, on the recorded base digest, for a push by the ecr room. */
    public JibContainerBuilder again(ImageRequest request, BuiltImage built, Optional<Engine> engine) {
        try {
            ImageLoader nowhere = new ImageLoader(Optional.empty(), "unused", List.of(), Path.of("unused"), log);
            EngineDockerClient docker = client(request, built.base(), engine, nowhere);
            ContainerValues values = ContainerValues.of(request, Instant.parse(built.created()));
            return new ContainerPlan(request, values, built.mainClass()).builder(built.base(), docker);
        } catch (IOException error) {
            throw failed(request, error);
        }
    }

    /** True when a main class is found, named or not needed: what tells a service's module from a library's in a reactor. */
    public static boolean hasMainClass(ImageRequest request) {
        return !needsMainClass(request)
                || request.container().mainClass().isPresent()
                || !MainClass.candidates(request).isEmpty();
    }

    private static boolean needsMainClass(ImageRequest request) {
        return request.application().war().isEmpty()
                && request.container().entrypoint().isEmpty();
    }

    private ImageLoader loader(ImageRequest request, Optional<Engine> engine, LastLoaded last) {
        List<String> relatives = new ArrayList<>();
        last.name().ifPresent(relatives::add);
        if (!request.base().image().startsWith("tar://")) {
            relatives.add(request.base().image().replaceFirst("^(docker|registry)://", ""));
        }
        return new ImageLoader(
                engine, repository(request), relatives, request.caches().application(), log);
    }

    private static String repository(ImageRequest request) {
        String name = request.application().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return "ecs-test/" + name.replaceAll("^-|-$", "");
    }

    private static EngineDockerClient client(
            ImageRequest request, BaseImage base, Optional<Engine> engine, ImageLoader loader) {
        Optional<String> id =
                base.name().startsWith("docker://") ? Optional.of(base.digest().value()) : Optional.empty();
        return new EngineDockerClient(engine, id, request.base().platforms().get(0), loader);
    }

    private JibContainer containerize(ImageRequest request, JibContainerBuilder builder, EngineDockerClient docker)
            throws IOException {
        try {
            ImageReference target = ImageReference.parse(repository(request));
            return builder.containerize(Containerizer.to(docker, DockerDaemonImage.named(target))
                    .setToolName(ImageTool.NAME)
                    .setToolVersion(ImageTool.VERSION)
                    .setBaseImageLayersCache(request.caches().base())
                    .setApplicationLayersCache(request.caches().application())
                    .setAlwaysCacheBaseImage(true)
                    .setAllowInsecureRegistries(isLoopbackBase(request))
                    .addEventHandler(LogEvent.class, event -> log.detail(event.getMessage())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Problem.ofProject("Building the image was interrupted.", "run the build again.");
        } catch (ExecutionException error) {
            throw failed(request, error.getCause() == null ? error : error.getCause());
        } catch (RegistryException | CacheDirectoryCreationException | InvalidImageReferenceException error) {
            throw failed(request, error);
        }
    }

    private static boolean isLoopbackBase(ImageRequest request) {
        String image = request.base().image();
        return !image.startsWith("tar://") && BaseResolver.isLoopback(BaseResolver.reference(image));
    }

    private static Problem failed(ImageRequest request, Throwable error) {
        if (error instanceof Problem known) {
            return known;
        }
        if (error instanceof RegistryException) {
            String base = request.base().image();
            return BaseResolver.refused(base, BaseResolver.reference(base).getRegistry(), error);
        }
        Throwable root = error instanceof UncheckedIOException && error.getCause() != null ? error.getCause() : error;
        return Problem.ofMachine(
                "The image of '" + request.application().name() + "' could not be built.",
                List.of(root.toString()),
                "run with -e for the stack trace; when a cache file is named, delete that cache.",
                error);
    }
}
