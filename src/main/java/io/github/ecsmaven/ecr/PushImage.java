package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryException;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.DockerLogins;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Logins;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecr.PushRequest.Tested;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Pushes the tested image: first its digest is compared, then the bytes travel under that digest, and the tags come last.
 * So nothing is tagged that wasn't tested. Of several platforms all images come first, then their index, then its tags.
 */
public final class PushImage {
    private final Supplier<EcrClient> ecr;
    private final PushLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final PushTries tries;
    private final ApiTries patient;
    private final Logins logins;

    /** @param ecr asked only when the target is an ECR repository; elsewhere the logins are those of {@code docker login} */
    public PushImage(Supplier<EcrClient> ecr, PushLog log, Clock clock, Sleeper sleeper) {
        this(ecr, log, clock, sleeper, DockerLogins::of);
    }

    /** @param logins to registries that the name of the target names */
    public PushImage(Supplier<EcrClient> ecr, PushLog log, Clock clock, Sleeper sleeper, Logins logins) {
        this.logins = logins;
        this.ecr = ecr;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
        this.tries = new PushTries(log, sleeper);
        this.patient = new ApiTries(log, sleeper);
    }

    /** @throws io.github.ecsmaven.Problem with the words that the user needs */
    public PushedImage run(PushRequest request) {
        Instant start = clock.instant();
        List<JibRun> images = request.tested().images().stream()
                .map(image -> new JibRun(request, image, log))
                .toList();
        SentBlobs sent = new SentBlobs(configurations(request.tested(), images), log);
        ImageReference image = request.fullName().isPresent()
                ? pushAnywhere(request, request.fullName().get(), images, sent)
                : pushToEcr(request, images, sent);
        return new PushedImage(
                image.getRegistry(),
                image.getRepository(),
                request.tested().digest(),
                request.tagNames(),
                sent.bytes(),
                sent.layers(),
                Duration.between(start, clock.instant()).toMillis(),
                request.tested().index());
    }

    /** @return the image ids, once it is clear that the images are those that were built, and their index too */
    private static List<Digest> configurations(Tested tested, List<JibRun> images) {
        tested.index().map(ImageIndex::digest).ifPresent(now -> requireSame(tested.digest(), now));
        return images.stream().map(PushImage::configuration).toList();
    }

    private static Digest configuration(JibRun jib) {
        try {
            JibContainer image = jib.look();
            requireSame(jib.digest(), new Digest(image.getDigest().toString()));
            return new Digest(image.getImageId().toString());
        } catch (IOException | RegistryException | ExecutionException error) {
            Throwable cause = PushTries.cause(error);
            throw cause instanceof Problem known
                    ? known
                    : Problem.ofMachine(
                            "The tested image could not be made again for the push; nothing was sent.",
                            List.of(cause.toString()),
                            "check that the base image can still be had, then run mvn verify again.",
                            cause);
        } catch (InterruptedException interrupted) {
            throw PushTries.stopped(PushTries.NO_TAG);
        }
    }

    private static void requireSame(Digest tested, Digest now) {
        if (!now.equals(tested)) {
            throw Problem.ofProject(
                    "The image to push is not the one that was tested; nothing was sent.",
                    List.of("Tested: " + tested, "Now:    " + now),
                    "run mvn verify again before the push: classes, dependencies or ecs.container.* changed since the test.");
        }
    }

    private ImageReference pushAnywhere(PushRequest request, String name, List<JibRun> images, SentBlobs sent) {
        ImageReference image = requireName(name);
        CheckRepository.requireUnscanned(name, request.scan());
        request.scan()
                .ifPresent(any -> log.warning(
                        "The image " + name + " is not scanned (ecs.scan.unsupported=warn): " + ScanImage.ELSEWHERE));
        if (!request.dryRun()) {
            PushTarget target = new PushTarget(image, logins.of(image));
            ExplainPush explain = new ExplainPush(target, false);
            sendUntagged(request.tested(), target, explain, images, sent);
            Optional<PushIndex> index = request.tested().index().map(list -> new PushIndex(list, log));
            tries.run(target, explain, PushTries.SOME_TAGS, () -> {
                if (index.isPresent()) {
                    index.get().send(target, request.tagNames());
                } else {
                    images.get(0).send(target, request.tagNames(), sent);
                }
            });
        }
        return image;
    }

    private ImageReference pushToEcr(PushRequest request, List<JibRun> images, SentBlobs sent) {
        EcrRepository repository = new EcrRepository(ecr.get(), request.repository(), patient);
        Optional<String> found = repository.uri();
        if (found.isEmpty() && request.create().isEmpty()) {
            throw repository.missing();
        }
        if (request.dryRun()) {
            String uri = found.orElseGet(() -> repository.registry() + "/" + request.repository());
            return reference(address(uri, request.registry()), "ecs.registry");
        }
        ImageReference image = reference(
                address(found.orElseGet(() -> create(repository, request)), request.registry()), "ecs.registry");
        EcrTags tags = new EcrTags(repository, image, request.tested().digest());
        tags.requireFree(request.tags());
        PushTarget target = new PushTarget(image, List.of(() -> Optional.of(repository.login())));
        sendUntagged(request.tested(), target, new ExplainPush(target, true), images, sent);
        request.scan().ifPresent(gate -> scan(gate, request, repository, target));
        tags.put(request.tags(), request.tested().index());
        return image;
    }

    /** Before the tags, so that no tag names what the gate keeps out. An index has no findings of its own. */
    private void scan(ScanGate gate, PushRequest request, EcrRepository repository, PushTarget target) {
        ScanImage scan = new ScanImage(gate, target.name(), log, clock, sleeper);
        boolean onPush = repository.scansOnPush();
        for (PushRequest.Image image : request.tested().images()) {
            scan.run(new ScanCalls(ecr.get(), request.repository(), image.digest(), patient), image.digest(), onPush);
        }
    }

    /** An index comes after its images: a registry wants to have what it lists. */
    private void sendUntagged(
            Tested tested, PushTarget target, ExplainPush explain, List<JibRun> images, SentBlobs sent) {
        for (JibRun image : images) {
            List<String> name = List.of(image.digest().value());
            tries.run(target, explain, PushTries.NO_TAG, () -> image.send(target, name, sent));
        }
        tested.index().ifPresent(list -> {
            PushIndex index = new PushIndex(list, log);
            tries.run(
                    target,
                    explain,
                    PushTries.NO_TAG,
                    () -> index.send(target, List.of(tested.digest().value())));
        });
    }

    private String create(EcrRepository repository, PushRequest request) {
        String uri = repository.create(request.create().orElseThrow());
        log.repositoryCreated(uri);
        return uri;
    }

    /**
     * {@code registry/repository} of what is pushed to ECR.
     *
     * @param uri {@code repositoryUri}
     * @param registry {@code ecs.registry}, a host in the place of ECR's
     * @throws Problem when that is ECR of another account or region: tags are put through the API of this one
     */
    public static String address(String uri, Optional<String> registry) {
        String own = uri.substring(0, uri.indexOf('/'));
        String repository = uri.substring(own.length());
        registry.filter(host -> EcrLogins.isElsewhere(own, host)).ifPresent(host -> {
            boolean open = EcrLogins.isPublic(host);
            throw Problem.ofProject(
                    "ecs.registry is '" + host + "', "
                            + (open ? "Public ECR, and not" : "ECR of another account or region than")
                            + " that of the build, " + own + ".",
                    "name the whole target, ecs.to.image=" + host + (open ? "/<alias>" : "") + repository
                            + (open ? "." : ", or take a role and region of that account (ecs.roleArn, ecs.region)."));
        });
        return registry.map(host -> host + repository).orElse(uri);
    }

    /**
     * Reads {@code ecs.to.image}.
     *
     * @throws Problem when it is not the name of an image
     */
    public static ImageReference requireName(String name) {
        return reference(name, "ecs.to.image");
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
}
