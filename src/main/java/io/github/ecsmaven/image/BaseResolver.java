package io.github.ecsmaven.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate.ContentDescriptorTemplate;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks once what the name of a base image stands for, so that all later steps use the same bytes. */
final class BaseResolver {
    /** No base image at all, as in Jib; for an application that brings its own runtime. */
    static final String SCRATCH = "scratch";

    private static final Digest NOTHING = Digest.of(new byte[0]);

    private final ImageLog log;
    private final Logins logins;

    BaseResolver(ImageLog log, Logins logins) {
        this.log = log;
        this.logins = logins;
    }

    /**
     * A base image.
     *
     * @param image what its name stands for
     * @param parts what each platform is built on, in the order asked for; for one platform the image itself
     */
    record Base(BaseImage image, List<BaseImage> parts) {
        static Base whole(String name, Digest digest) {
            BaseImage image = new BaseImage(name, digest);
            return new Base(image, List.of(image));
        }
    }

    /**
     * @param platforms those that are built
     * @throws Problem when the image can't be had, or not for these platforms
     */
    Base resolve(String image, List<Platform> platforms, Optional<Engine> engine) {
        Optional<Digest> local = onThisMachine(image, engine);
        if (local.isPresent()) {
            return Base.whole(image, local.get());
        }
        if (image.equals(SCRATCH)) {
            BaseImage nothing = new BaseImage(image, NOTHING);
            return new Base(nothing, Collections.nCopies(platforms.size(), nothing));
        }
        ImageReference name = reference(image);
        if (platforms.size() == 1 && name.getDigest().isPresent()) {
            return Base.whole(image, new Digest(name.getDigest().get()));
        }
        BaseManifest found = inRegistry(name, platforms.size() > 1);
        return new Base(new BaseImage(image, found.digest()), found.parts(image, platforms));
    }

    /**
     * The id of a base image in the engine or in a file; empty for another one.
     *
     * @throws Problem when it isn't there
     */
    static Optional<Digest> onThisMachine(String image, Optional<Engine> engine) {
        if (image.startsWith("docker://")) {
            return Optional.of(engineId(image.substring("docker://".length()), engine));
        }
        return image.startsWith("tar://")
                ? Optional.of(tarId(Path.of(image.substring("tar://".length()))))
                : Optional.empty();
    }

    /** @throws Problem when it is neither a file nor the name of an image */
    static void requireName(String image) {
        if (!image.equals(SCRATCH) && !image.startsWith("tar://")) {
            reference(image);
        }
    }

    static ImageReference reference(String image) {
        String name = image.replaceFirst("^(registry|docker)://", "");
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException error) {
            throw problem(image, List.of(), "write ecs.from.image as registry/repository:tag.", error);
        }
    }

    private static Digest engineId(String name, Optional<Engine> engine) {
        Engine asked = engine.orElseThrow(EngineDockerClient::noEngine);
        return asked.inspect(name)
                .map(found -> new Digest(found.id()))
                .orElseThrow(() -> problem(
                        "docker://" + name,
                        List.of("The Docker engine has no image '" + name + "'."),
                        "make it with docker pull or docker build, or change ecs.from.image.",
                        null));
    }

    private static Digest tarId(Path tar) {
        try {
            return ImageTar.imageId(tar);
        } catch (IOException error) {
            throw problem(
                    "tar://" + tar,
                    List.of(error instanceof NoSuchFileException ? "The file does not exist." : error.toString()),
                    "name a file written by docker save or jib:buildTar in ecs.from.image.",
                    error);
        }
    }

    private BaseManifest inRegistry(ImageReference image, boolean several) {
        FailoverHttpClient http =
                new FailoverHttpClient(isLoopback(image), isLoopback(image), event -> log.detail(event.getMessage()));
        try {
            RegistryHost.requireKnown(image.getRegistry());
            return ask(image, http, client -> look(client, image.getQualifier(), several));
        } catch (IOException | RegistryException | CredentialRetrievalException error) {
            throw refused(image.toString(), image.getRegistry(), error);
        } finally {
            close(http);
        }
    }

    private <T> T ask(ImageReference image, FailoverHttpClient http, Question<T> question)
            throws IOException, RegistryException, CredentialRetrievalException {
        RegistryClient.Factory factory =
                RegistryClient.factory(EventHandlers.NONE, image.getRegistry(), image.getRepository(), http);
        try {
            return question.ask(factory.newRegistryClient());
        } catch (RegistryUnauthorizedException challenge) {
            Credential credential = credential(image);
            RegistryClient client = factory.setCredential(credential).newRegistryClient();
            if (!client.doPullBearerAuth()) {
                if (credential == null) {
                    throw challenge;
                }
                client.configureBasicAuth();
            }
            return question.ask(client);
        }
    }

    /** @param several an image of one platform is asked for its platform too, as it is the wrong one then */
    private static BaseManifest look(RegistryClient client, String reference, boolean several)
            throws IOException, RegistryException {
        ManifestAndDigest<ManifestTemplate> found = client.pullManifest(reference);
        Digest digest = new Digest(found.getDigest().toString());
        if (found.getManifest() instanceof ManifestListTemplate list) {
            return BaseManifest.list(digest, list);
        }
        return several && found.getManifest() instanceof BuildableManifestTemplate manifest
                ? BaseManifest.image(digest, platform(client, manifest))
                : BaseManifest.image(digest, Optional.empty());
    }

    private static Optional<String> platform(RegistryClient client, BuildableManifestTemplate manifest)
            throws IOException {
        ContentDescriptorTemplate configuration = manifest.getContainerConfiguration();
        if (configuration == null || configuration.getDigest() == null) {
            return Optional.empty();
        }
        Blob blob = client.pullBlob(configuration.getDigest(), size -> {}, read -> {});
        ContainerConfigurationTemplate read =
                JsonTemplateMapper.readJson(Blobs.writeToByteArray(blob), ContainerConfigurationTemplate.class);
        return Optional.of(read.getOs() + "/" + read.getArchitecture());
    }

    private @Nullable Credential credential(ImageReference image) throws CredentialRetrievalException {
        for (CredentialRetriever retriever : logins.of(image)) {
            Optional<Credential> found = retriever.retrieve();
            if (found.isPresent()) {
                return found.get();
            }
        }
        log.detail("No login for " + image.getRegistry() + "; asking anonymously.");
        return null;
    }

    static boolean isLoopback(ImageReference image) {
        return RegistryHost.isLoopback(image.getRegistry());
    }

    /** @param name as the user wrote it */
    static Problem refused(String name, String registry, Throwable error) {
        RegistryFailure failure = RegistryFailure.of(error);
        return problem(name, List.of(failure.answer()), next(failure.kind(), registry), error);
    }

    private static String next(RegistryFailure.Kind kind, String registry) {
        return switch (kind) {
            case NO_LOGIN, STALE_LOGIN, DENIED, NO_HELPER ->
                "log in to " + registry
                        + " with a <server> of settings.xml that has this id, with docker login, or for ECR"
                        + " with AWS credentials; or set ecs.from.image to an image that you may read.";
            case BUSY ->
                "run it again in a minute; with a login (docker login " + registry
                        + ", or for Public ECR AWS credentials) you may ask more often.";
            case UNKNOWN_HOST, NOT_LISTENING, SILENT ->
                checkName(registry)
                        + "; or take an image of the local Docker engine with -Decs.from.image=docker://<name>.";
            default -> checkName(registry) + ".";
        };
    }

    private static String checkName(String registry) {
        return "check the name in ecs.from.image and the network (proxy, firewall) to " + registry;
    }

    static Problem problem(String image, List<String> evidence, String next, @Nullable Throwable cause) {
        return new Problem(
                Problem.Blame.PROJECT, "The base image '" + image + "' can't be had.", evidence, next, cause);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(RegistryClient client) throws IOException, RegistryException;
    }

    private static void close(FailoverHttpClient http) {
        try {
            http.shutDown();
        } catch (IOException harmless) {
            // The answer was read; a connection that can't be closed cleanly changes nothing.
        }
    }
}
