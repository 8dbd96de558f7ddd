package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.image.json.PlatformNotFoundInBaseImageException;
import com.google.cloud.tools.jib.image.json.UnlistedPlatformInManifestListException;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.image.BuildPart.Part;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import io.github.ecsmaven.image.BuiltImage.Child;
import io.github.ecsmaven.image.BuiltImage.Index;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Builds the image of a project, and loads it into the Docker engine when there is one. For several platforms it is an
 * index of one image each, of which the engine gets the one that it can run.
 */
public final class BuildImage {
    private final ImageLog log;
    private final Clock clock;
    private final Logins logins;

    /** @param clock for {@code ecs.container.creationTime=USE_CURRENT_TIMESTAMP} */
    public BuildImage(ImageLog log, Clock clock) {
        this(log, clock, DockerLogins::of);
    }

    /** @param logins to the base image's registry; they do not change what is built */
    public BuildImage(ImageLog log, Clock clock, Logins logins) {
        this.log = log;
        this.clock = clock;
        this.logins = logins;
    }

    /**
     * @param engine where to load the image; empty when no test needs it
     * @throws io.github.ecsmaven.Problem with the words that the user needs: no or several main classes, a base image that can't be had, bad options
     */
    public BuiltImage run(ImageRequest request, Optional<Engine> engine) {
        try {
            return run(request, engine, logins);
        } catch (Problem refused) {
            Logins more = loginsWhenBusy(request, refused).orElseThrow(() -> refused);
            return run(request, engine, more);
        }
    }

    /** Those that may help a build whose base image's registry was asked too often. */
    private Optional<Logins> loginsWhenBusy(ImageRequest request, Problem refused) {
        return RegistryFailure.of(refused).kind() == RegistryFailure.Kind.BUSY
                ? logins.whenBusy(BaseResolver.reference(request.base().image()).getRegistry())
                : Optional.empty();
    }

    private BuiltImage run(ImageRequest request, Optional<Engine> engine, Logins logins) {
        ContainerValues values = values(request, clock::instant);
        Optional<Platform> tested = engine.map(here -> tested(values.platforms(), here));
        Optional<String> main = needsMainClass(request) ? Optional.of(MainClass.of(request)) : Optional.empty();
        BaseResolver.Base base =
                new BaseResolver(log, logins).resolve(request.base().image(), values.platforms(), engine);
        try {
            ContainerPlan plan = new ContainerPlan(request, values, main, logins);
            BuildPart build = new BuildPart(request, plan, log);
            List<Part> parts = new ArrayList<>();
            for (int at = 0; at < base.parts().size(); at++) {
                Platform platform = values.platforms().get(at);
                Optional<Engine> wanted = engine.filter(any -> tested.equals(Optional.of(platform)));
                parts.add(build.run(platform, base.parts().get(at), wanted));
            }
            return built(request, values, main, base.image(), parts, tested);
        } catch (ExecutionException error) {
            throw failed(request, error.getCause() == null ? error : error.getCause());
        } catch (IOException | RegistryException error) {
            throw failed(request, error);
        }
    }

    /**
     * Reads the options, without a look at what the project holds.
     *
     * @throws io.github.ecsmaven.Problem that names the first bad one
     */
    public static void check(ImageRequest request) {
        values(request, () -> Instant.EPOCH);
    }

    /**
     * Of an image that is built without an engine.
     *
     * @throws io.github.ecsmaven.Problem when its base is one of the engine's
     */
    public static void requireBaseWithoutEngine(ImageRequest request) {
        if (request.base().image().startsWith("docker://")) {
            throw EngineDockerClient.noEngine();
        }
    }

    private static ContainerValues values(ImageRequest request, Supplier<Instant> now) {
        ContainerValues values = ContainerValues.of(request, now);
        BaseResolver.requireName(request.base().image());
        Platforms.requireBaseOf(values.platforms(), request.base().image());
        return values;
    }

    /**
     * Whether a base image of the engine or of a file is still the one that the image was built on. A registry is not asked
     * again.
     *
     * @throws io.github.ecsmaven.Problem when the base image is gone
     */
    public boolean isOnItsBase(ImageRequest request, BuiltImage built, Optional<Engine> engine) {
        return BaseResolver.onThisMachine(request.base().image(), engine)
                .map(built.base().digest()::equals)
                .orElse(true);
    }

    /** One alone is tested whatever it is: an engine may run other platforms than its own, by emulation. */
    private static Platform tested(List<Platform> platforms, Engine engine) {
        return platforms.size() == 1 ? platforms.get(0) : Platforms.tested(platforms, engine.info());
    }

    private static BuiltImage built(
            ImageRequest request,
            ContainerValues values,
            Optional<String> main,
            BaseImage base,
            List<Part> parts,
            Optional<Platform> tested)
            throws IOException {
        Part shown = parts.stream()
                .filter(part -> tested.equals(Optional.of(part.platform())))
                .findFirst()
                .orElse(parts.get(0));
        Optional<Index> index = parts.size() == 1 ? Optional.empty() : Optional.of(index(values, parts, tested));
        List<Long> fresh = shown.own().fresh(shown.image());
        return new BuiltImage(
                shown.name(),
                index.map(list -> list.toImageIndex().digest()).orElse(shown.digest()),
                shown.imageId(),
                base,
                request.base().platforms().size() == 1
                        ? request.base().platforms()
                        : Platforms.names(values.platforms()),
                main,
                values.tcpPorts(),
                values.created().toString(),
                shown.image().size(),
                shown.own().count(),
                fresh.size(),
                fresh.stream().mapToLong(Long::longValue).sum(),
                tested.isPresent(),
                index);
    }

    private static Index index(ContainerValues values, List<Part> parts, Optional<Platform> tested) throws IOException {
        List<Child> children = new ArrayList<>();
        for (Part part : parts) {
            children.add(new Child(
                    Platforms.name(part.platform()),
                    part.digest(),
                    part.image().manifestSize(part.digest()),
                    part.imageId(),
                    part.base().digest()));
        }
        String mediaType = values.format() == ImageFormat.OCI ? ImageIndex.OCI : ImageIndex.DOCKER;
        return new Index(mediaType, tested.map(Platforms::name), children);
    }

    /**
     * An image that is made again.
     *
     * @param digest that it has to have
     * @param image makes its bytes
     */
    public record Again(Digest digest, JibContainerBuilder image) {}

    /**
     * The builders that make the same bytes again, on the recorded base digests, for a push by the ecr room: of one image, or
     * of each in an index.
     */
    public List<Again> again(ImageRequest request, BuiltImage built, Optional<Engine> engine) {
        ContainerValues values = ContainerValues.of(request, Instant.parse(built.created()));
        ContainerPlan plan = new ContainerPlan(request, values, built.mainClass(), logins);
        if (built.index().isEmpty()) {
            return List.of(again(request, plan, built.platforms().get(0), built.base(), built.digest(), engine));
        }
        return built.index().get().manifests().stream()
                .map(child -> again(
                        request,
                        plan,
                        child.platform(),
                        new BaseImage(built.base().name(), child.base()),
                        child.digest(),
                        engine))
                .toList();
    }

    private Again again(
            ImageRequest request,
            ContainerPlan plan,
            String platformName,
            BaseImage base,
            Digest digest,
            Optional<Engine> engine) {
        Platform platform = OptionValues.platforms(List.of(platformName)).get(0);
        ImageLoader nowhere = new ImageLoader(Optional.empty(), "unused", List.of(), Path.of("unused"), log);
        EngineDockerClient docker = EngineDockerClient.of(base, platform, engine, nowhere);
        try {
            return new Again(digest, plan.builder(base, platform, docker));
        } catch (IOException error) {
            throw failed(request, error);
        }
    }

    /** True when a main class is found, named or not needed: what tells a service's module from a library's in a reactor. */
    public static boolean hasMainClass(ImageRequest request) {
        return !needsMainClass(request)
                || request.container().mainClass().isPresent()
                || !MainClass.candidates(request.application()).isEmpty();
    }

    /** The same as far as the application itself tells, without {@code ecs.container.*}. */
    public static boolean hasMainClass(ImageRequest.Application application) {
        return application.war().isPresent()
                || !MainClass.candidates(application).isEmpty();
    }

    private static boolean needsMainClass(ImageRequest request) {
        return request.application().war().isEmpty()
                && request.container().entrypoint().isEmpty();
    }

    private static Problem failed(ImageRequest request, Throwable error) {
        if (error instanceof Problem known) {
            return known;
        }
        String base = request.base().image();
        if (error instanceof PlatformNotFoundInBaseImageException
                || error instanceof UnlistedPlatformInManifestListException) {
            List<Platform> platforms = OptionValues.platforms(request.base().platforms());
            return BaseManifest.missing(base, platforms, String.valueOf(error.getMessage()));
        }
        if (error instanceof RegistryException) {
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
