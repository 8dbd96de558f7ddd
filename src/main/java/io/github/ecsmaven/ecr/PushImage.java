package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryException;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.Sleeper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Pushes the tested image: first its digest is compared, then the bytes travel under that digest, and the tags come last.
 * So nothing is tagged that wasn't tested.
 */
public final class PushImage {
    private static final int TRIES = 5;
    private static final String NO_TAG = "no tag was moved";
    private static final String SOME_TAGS = "some of its tags may have been moved";

    private final Supplier<EcrClient> ecr;
    private final PushLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Function<ImageReference, List<CredentialRetriever>> logins;

    /** @param ecr asked only when the target is an ECR repository; elsewhere the logins are those of {@code docker login} */
    public PushImage(Supplier<EcrClient> ecr, PushLog log, Clock clock, Sleeper sleeper) {
        this(ecr, log, clock, sleeper, DockerLogins::of);
    }

    PushImage(
            Supplier<EcrClient> ecr,
            PushLog log,
            Clock clock,
            Sleeper sleeper,
            Function<ImageReference, List<CredentialRetriever>> logins) {
        this.logins = logins;
        this.ecr = ecr;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws io.github.ecsmaven.Problem with the words that the user needs */
    public PushedImage run(PushRequest request) {
        Instant start = clock.instant();
        JibRun jib = new JibRun(request, log);
        SentBlobs sent = new SentBlobs(tested(request, jib), log);
        ImageReference image = request.fullName().isPresent()
                ? pushAnywhere(request, request.fullName().get(), jib, sent)
                : pushToEcr(request, jib, sent);
        return new PushedImage(
                image.getRegistry(),
                image.getRepository(),
                request.tested(),
                request.tags(),
                sent.bytes(),
                sent.layers(),
                Duration.between(start, clock.instant()).toMillis());
    }

    /** @return the image id, once it is clear that the image is the tested one */
    private static Digest tested(PushRequest request, JibRun jib) {
        try {
            JibContainer image = jib.look();
            requireTested(request.tested(), new Digest(image.getDigest().toString()));
            return new Digest(image.getImageId().toString());
        } catch (IOException | RegistryException | ExecutionException error) {
            Throwable cause = cause(error);
            throw cause instanceof Problem known
                    ? known
                    : Problem.ofMachine(
                            "The tested image could not be made again for the push; nothing was sent.",
                            List.of(cause.toString()),
                            "check that the base image can still be had, then run mvn verify again.",
                            cause);
        } catch (InterruptedException interrupted) {
            throw stopped(NO_TAG);
        }
    }

    private static void requireTested(Digest tested, Digest built) {
        if (!built.equals(tested)) {
            throw Problem.ofProject(
                    "The image to push is not the one that was tested; nothing was sent.",
                    List.of("Tested: " + tested, "Now:    " + built),
                    "run mvn verify again before the push: classes, dependencies or ecs.container.* changed since the test.");
        }
    }

    private ImageReference pushAnywhere(PushRequest request, String name, JibRun jib, SentBlobs sent) {
        ImageReference image = reference(name, "ecs.to.image");
        if (!request.dryRun()) {
            PushTarget target = new PushTarget(image, logins.apply(image));
            ExplainPush explain = new ExplainPush(target, false);
            retried(
                    target,
                    explain,
                    NO_TAG,
                    () -> jib.send(target, List.of(request.tested().value()), sent));
            retried(target, explain, SOME_TAGS, () -> jib.send(target, request.tags(), sent));
        }
        return image;
    }

    private ImageReference pushToEcr(PushRequest request, JibRun jib, SentBlobs sent) {
        EcrRepository repository = new EcrRepository(ecr.get(), request.repository());
        Optional<String> found = repository.uri();
        if (found.isEmpty() && !request.createRepository()) {
            throw repository.missing();
        }
        if (request.dryRun()) {
            String uri = found.orElseGet(() -> repository.registry() + "/" + request.repository());
            return reference(address(uri, request), "ecs.registry");
        }
        ImageReference image = reference(address(found.orElseGet(() -> create(repository)), request), "ecs.registry");
        EcrTags tags = new EcrTags(repository, image, request.tested());
        tags.requireFree(request.tags());
        PushTarget target = new PushTarget(image, List.of(() -> Optional.of(repository.login())));
        retried(
                target,
                new ExplainPush(target, true),
                NO_TAG,
                () -> jib.send(target, List.of(request.tested().value()), sent));
        tags.put(request.tags());
        return image;
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

    private static ImageReference reference(String name, String property) {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException error) {
            throw Problem.ofProject(
                    "'" + name + "' is not the name of an image (" + property + ").",
                    property.equals("ecs.to.image")
                            ? "write ecs.to.image as registry/repository, without a tag."
                            : "write ecs.registry as host or host:port.");
        }
    }

    /** @param interrupted what became of the tags when the push is interrupted here */
    private void retried(PushTarget target, ExplainPush explain, String interrupted, Send send) {
        for (int attempt = 1; ; attempt++) {
            try {
                RegistryHost.requireKnown(target.image().getRegistry());
                send.run();
                return;
            } catch (ExecutionException | IOException | RegistryException error) {
                Throwable cause = cause(error);
                if (cause instanceof Problem known) {
                    throw known;
                }
                RegistryFailure failure = RegistryFailure.of(cause);
                if (attempt == TRIES || !failure.kind().isPassing()) {
                    throw explain.explain(failure, cause);
                }
                log.warning("The push is tried again: " + failure.answer());
                pause(attempt, interrupted);
            } catch (InterruptedException stop) {
                throw stopped(interrupted);
            }
        }
    }

    private static Throwable cause(Exception error) {
        return error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
    }

    private void pause(int attempt, String interrupted) {
        try {
            long most = 500L << attempt;
            sleeper.sleep(
                    Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2)));
        } catch (InterruptedException stop) {
            throw stopped(interrupted);
        }
    }

    private static Problem stopped(String tags) {
        Thread.currentThread().interrupt();
        return Problem.ofProject("The push was interrupted; " + tags + ".", "run it again.");
    }

    @FunctionalInterface
    private interface Send {
        void run() throws IOException, RegistryException, ExecutionException, InterruptedException;
    }
}
