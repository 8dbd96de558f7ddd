package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.EcrClient;

/** Pushes the tested image: the bytes first, by digest; the tags when the registry has confirmed that digest. */
public final class PushImage {
    private static final int TRIES = 5;
    private static final Pattern PASSING = Pattern.compile("\\b(429|5\\d\\d) |TOOMANYREQUESTS|toomanyrequests");

    private final Supplier<EcrClient> ecr;
    private final PushLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param ecr asked only when the target is an ECR repository */
    public PushImage(Supplier<EcrClient> ecr, PushLog log, Clock clock, Sleeper sleeper) {
        this.ecr = ecr;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws io.github.ecsmaven.Problem with the words that the user needs */
    public PushedImage run(PushRequest request) {
        Instant start = clock.instant();
        SentBlobs sent = new SentBlobs();
        PushTarget target = request.fullName().isPresent()
                ? pushAnywhere(request, request.fullName().get(), sent)
                : pushToEcr(request, sent);
        return new PushedImage(
                target.image().getRegistry(),
                target.image().getRepository(),
                request.tested(),
                request.tags(),
                sent.bytes(),
                sent.count(),
                Duration.between(start, clock.instant()).toMillis());
    }

    private PushTarget pushAnywhere(PushRequest request, String name, SentBlobs sent) {
        ImageReference image = reference(name);
        CredentialRetrieverFactory factory = CredentialRetrieverFactory.forImage(image, event -> {});
        PushTarget target =
                new PushTarget(image, List.of(factory.dockerConfig(), factory.wellKnownCredentialHelpers()));
        if (!request.dryRun()) {
            send(request, target, sent);
            request.tags().forEach(tag -> push(request, target, tag, new SentBlobs()));
        }
        return target;
    }

    private PushTarget pushToEcr(PushRequest request, SentBlobs sent) {
        EcrRepository repository = new EcrRepository(ecr.get(), request.repository());
        Optional<String> found = repository.uri();
        if (found.isEmpty() && !request.createRepository()) {
            throw repository.missing();
        }
        if (request.dryRun()) {
            String uri = found.orElseGet(() -> repository.registry() + "/" + request.repository());
            return new PushTarget(reference(address(uri, request)), List.of());
        }
        String uri = found.orElseGet(() -> create(repository));
        ImageReference image = reference(address(uri, request));
        Credential login = repository.login();
        PushTarget target = new PushTarget(image, List.of(() -> Optional.of(login)));
        send(request, target, sent);
        request.tags().forEach(tag -> repository.tag(image, request.tested(), tag));
        return target;
    }

    private String create(EcrRepository repository) {
        String uri = repository.create();
        log.repositoryCreated(uri);
        return uri;
    }

    private static String address(String uri, PushRequest request) {
        return request.registry()
                .map(host -> host + uri.substring(uri.indexOf('/')))
                .orElse(uri);
    }

    private static ImageReference reference(String name) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException error) {
            throw Problem.ofProject(
                    "'" + name + "' is no image name.", "write ecs.to.image as registry/repository, without a tag.");
        }
    }

    private void send(PushRequest request, PushTarget target, SentBlobs sent) {
        if (request.image().toContainerBuildPlan().getPlatforms().size() > 1) {
            throw Problem.ofProject(
                    "An image of several platforms can't be pushed yet.", "name one platform in ecs.from.platforms.");
        }
        push(request, target, request.tested().value(), sent);
    }

    /** A registry refuses bytes under another digest than theirs, so that a wrong image can't get there. */
    private void push(PushRequest request, PushTarget target, String qualifier, SentBlobs sent) {
        PushBytes bytes = new PushBytes(request, target, log);
        for (int attempt = 1; ; attempt++) {
            try {
                Digest digest = bytes.run(qualifier, sent);
                requireTested(request, digest, null);
                return;
            } catch (ExecutionException | IOException | RegistryException error) {
                Throwable cause =
                        error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
                if (attempt == TRIES
                        || !PASSING.matcher(String.valueOf(cause.getMessage())).find()) {
                    throw refused(target, cause);
                }
                log.warning("The registry is busy, trying again: " + cause.getMessage());
                pause(attempt);
            } catch (InterruptedException interrupted) {
                throw stopped();
            }
        }
    }

    private static void requireTested(
            PushRequest request, Digest digest, @org.jspecify.annotations.Nullable Throwable cause) {
        if (!digest.equals(request.tested())) {
            throw new Problem(
                    Problem.Blame.PROJECT,
                    "The image to push is not the one that was tested; nothing was tagged.",
                    List.of("Tested: " + request.tested(), "Built:  " + digest),
                    "build and test again with mvn verify: classes or dependencies changed since.",
                    cause);
        }
    }

    private void pause(int attempt) {
        try {
            long most = 500L << attempt;
            sleeper.sleep(
                    Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2)));
        } catch (InterruptedException interrupted) {
            throw stopped();
        }
    }

    private static Problem stopped() {
        Thread.currentThread().interrupt();
        return Problem.ofProject("The push was interrupted; nothing was tagged.", "run it again.");
    }

    private static Problem refused(PushTarget target, Throwable cause) {
        return new Problem(
                Problem.Blame.PROJECT,
                "The push to " + target.image().getRegistry() + "/"
                        + target.image().getRepository() + " failed.",
                List.of(String.valueOf(cause.getMessage())),
                "check the login (docker login, or ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload,"
                        + " ecr:BatchCheckLayerAvailability and ecr:PutImage), the name and the network.",
                cause);
    }
}
