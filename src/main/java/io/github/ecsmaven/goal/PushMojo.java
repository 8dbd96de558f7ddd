package io.github.ecsmaven.goal;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecr.ImageTag;
import io.github.ecsmaven.ecr.NewRepository;
import io.github.ecsmaven.ecr.PushImage;
import io.github.ecsmaven.ecr.PushRequest;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecr.ScanGate;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.Engine;
import io.github.ecsmaven.image.ImageRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Pushes the tested image to Amazon ECR, or to the registry of {@code ecs.to.image}: the same bytes, or it fails. */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PushMojo extends ImageOptionsMojo {
    /** ECR repository. Default: the artifactId. Example: {@code shop/orders}. */
    @Parameter(property = "ecs.repository", defaultValue = "${project.artifactId}")
    String repository;

    /** Another registry host, {@code host[:port]}. Default: what ECR's {@code repositoryUri} says. */
    @Parameter(property = "ecs.registry")
    @Nullable String registry;

    /** Full name of the target in any registry; then ECR isn't asked. Default: registry/repository. Example: {@code ghcr.io/shop/orders}. */
    @Parameter(property = "ecs.to.image")
    @Nullable String toImage;

    /**
     * Tags, comma separated, with the placeholders {@code {version}}, {@code {commit}}, {@code {commit:8}}, {@code {branch}},
     * {@code {build}} (the CI build's number) and {@code {date:yyyyMMdd-HHmm}} (UTC, when the build began). Signs that no tag may
     * hold become {@code -} in values, the plus sign of a version becomes {@code _}. A placeholder without a value fails the
     * build. Default: the version, and {@code git-<sha12>} in a git checkout. Example: {@code {version}-{commit:8},latest}.
     */
    @Parameter(property = "ecs.tags")
    @Nullable List<String> tags;

    /** Creates the ECR repository when it is missing, as {@code ecs.repository.*} say. Default: false; the sandbox always does. */
    @Parameter(property = "ecs.createRepository", defaultValue = "false")
    String createRepository;

    /** A repository that is created here takes no other image for a tag that is there. An existing repository is left as it is. */
    @Parameter(property = "ecs.repository.immutable", defaultValue = "false")
    String repositoryImmutable;

    /** A repository that is created here has what is pushed scanned (basic scanning). An existing repository is left as it is. */
    @Parameter(property = "ecs.repository.scanOnPush", defaultValue = "false")
    String repositoryScanOnPush;

    /**
     * Encryption of a repository that is created here: {@code AES256}, {@code KMS} (the account's key for ECR), {@code KMS_DSSE},
     * or a key of KMS (id, ARN, alias). It can't be changed later. Default: what ECR does, AES256. Example: {@code alias/images}.
     */
    @Parameter(property = "ecs.repository.encryption")
    @Nullable String repositoryEncryption;

    /**
     * Lifecycle policy of a repository that is created here: a number of newest images to keep, or a JSON file. Default: none.
     * Example: {@code 100} or {@code src/main/ecr/lifecycle.json}.
     */
    @Parameter(property = "ecs.repository.lifecyclePolicy")
    @Nullable String repositoryLifecyclePolicy;

    /** Resource tags of a repository that is created here. As properties: {@code ecs.repository.tags=a=b,c=d} or {@code ecs.repository.tags.a=b}. Default: none. */
    @Parameter
    @Nullable Map<String, String> repositoryTags;

    /**
     * Waits for ECR's scan of the pushed image, and ends the build when it finds a vulnerability of this severity or a worse one;
     * no tag is put then, and no service is changed. One of {@code CRITICAL}, {@code HIGH}, {@code MEDIUM}, {@code LOW},
     * {@code INFORMATIONAL}, {@code UNDEFINED}. Default: the scan isn't looked at. Example: {@code CRITICAL}.
     */
    @Parameter(property = "ecs.scan.failOn")
    @Nullable String scanFailOn;

    /** How long the scan may take. Example: {@code 10m}. */
    @Parameter(property = "ecs.scan.timeout", defaultValue = "5m")
    String scanTimeout;

    /**
     * What becomes of an image that ECR can't scan, for example of an unknown distribution or in another registry, when
     * {@code ecs.scan.failOn} is set: {@code fail}, or {@code warn} and go on.
     */
    @Parameter(property = "ecs.scan.unsupported", defaultValue = "fail")
    String scanUnsupported;

    /** Says what would be pushed and changes nothing. */
    @Parameter(property = "ecs.dryRun", defaultValue = "false")
    String dryRun;

    @Override
    void work() throws InterruptedException {
        Optional<BuiltImage> built = files().readImage();
        ImageRequest request = imageRequest();
        if (built.isEmpty() && inReactor() && !BuildImage.hasMainClass(request)) {
            getLog().debug("No image in " + project.getArtifactId() + ", nothing to push.");
            return;
        }
        BuiltImage image = built.orElseThrow(files()::noImage);
        if (testsSkippedBy(testSkip).isEmpty()) {
            warnOfOtherCommit(TestedImage.require(files(), image.digest()));
        }
        push(request, image);
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        super.checkValues(deployed, values);
        // Each by itself: a push stops at the first that is wrong.
        values.accept(this::tags);
        values.accept(this::requireLocalRegistry);
        values.accept(this::requireLocalImage);
        values.accept(this::target);
        values.accept(this::createsRepository);
        values.accept(this::isImmutable);
        values.accept(this::scansOnPush);
        RepositoryOptions.checkScan(scanFailOn, scanTimeout, scanUnsupported, values);
        values.accept(this::isDryRun);
        values.accept(() -> newRepository(deployed));
    }

    private void push(ImageRequest request, BuiltImage image) throws InterruptedException {
        Function<PushRequest.Tested, PushRequest> push = pushOf(request.caches());
        warnOfUncommitted();
        Clock clock = Clock.systemUTC();
        ConsoleImageLog imageLog = new ConsoleImageLog(getLog(), progress(clock));
        ConsolePushLog log = new ConsolePushLog(getLog(), progress(clock));
        AwsSettings settings = aws();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            List<BuildImage.Again> again =
                    new BuildImage(imageLog, clock, logins().ofBaseWithAws()).again(request, image, engine(image));
            PushRequest of = push.apply(tested(image, again));
            PushImage pushing =
                    new PushImage(clients::ecr, log, clock, time -> Thread.sleep(time.toMillis()), logins().ofTarget());
            boolean plain = isOnThisMachine(settings);
            finish(plain ? LoginsOverHttp.during(board(), () -> pushing.run(of)) : pushing.run(of), log);
        }
    }

    /**
     * A push of what will have been tested.
     *
     * @throws Problem when a value can't be right
     */
    private Function<PushRequest.Tested, PushRequest> pushOf(ImageRequest.Caches caches) {
        List<ImageTag> names = tags();
        requireLocalRegistry();
        requireLocalImage();
        Optional<String> fullName = target();
        Optional<NewRepository> create = newRepository(true);
        Optional<ScanGate> scan = RepositoryOptions.scanGate(scanFailOn, scanTimeout, scanUnsupported);
        boolean dry = isDryRun();
        return tested -> new PushRequest(
                tested,
                repository,
                OptionText.text(registry),
                fullName,
                names,
                create,
                scan,
                dry,
                caches.base(),
                caches.application());
    }

    private List<ImageTag> tags() {
        return ProjectTags.of(OptionText.list(tags), project, session, System.getenv());
    }

    /** Once for all modules, which lie in one checkout. */
    private void warnOfUncommitted() {
        if (board().first("uncommitted changes looked for")) {
            ProjectTags.uncommitted(OptionText.list(tags), project, session, System.getenv())
                    .ifPresent(getLog()::warn);
        }
    }

    private void warnOfOtherCommit(TestedImage tested) {
        tested.commit()
                .flatMap(commit ->
                        ProjectTags.otherCommit(OptionText.list(tags), project, session, System.getenv(), commit))
                .ifPresent(getLog()::warn);
    }

    /** {@code ecs.to.image}, in whose absence it is the repository that counts. */
    private Optional<String> target() {
        Optional<String> fullName = OptionText.text(toImage);
        fullName.ifPresentOrElse(PushImage::requireName, () -> NewRepository.requireName(repository));
        return fullName;
    }

    private boolean createsRepository() {
        return OptionText.flag("ecs.createRepository", createRepository) || onSandbox();
    }

    private boolean isImmutable() {
        return OptionText.flag("ecs.repository.immutable", repositoryImmutable);
    }

    private boolean scansOnPush() {
        return OptionText.flag("ecs.repository.scanOnPush", repositoryScanOnPush);
    }

    private boolean isDryRun() {
        return OptionText.flag("ecs.dryRun", dryRun);
    }

    private static PushRequest.Tested tested(BuiltImage image, List<BuildImage.Again> images) {
        return new PushRequest.Tested(
                image.digest(),
                images.stream()
                        .map(again -> new PushRequest.Image(again.digest(), again.image()))
                        .toList(),
                image.index().map(BuiltImage.Index::toImageIndex));
    }

    /** @param withFiles false: a file is not looked for */
    private Optional<NewRepository> newRepository(boolean withFiles) {
        boolean creates = createsRepository();
        NewRepository missing = new NewRepository(
                isImmutable(),
                scansOnPush(),
                OptionText.text(repositoryEncryption).map(NewRepository.Encryption::of),
                OptionText.text(repositoryLifecyclePolicy)
                        .filter(option -> withFiles && creates)
                        .map(option -> RepositoryOptions.lifecyclePolicy(
                                option, project.getBasedir().toPath())),
                maps().read("ecs.repository.tags", repositoryTags));
        return Optional.of(missing).filter(any -> creates);
    }

    /** Also as the SDK is told by the environment, with what {@code ecs:sandbox} prints. */
    private boolean isOnThisMachine(AwsSettings settings) {
        return settings.endpoint()
                .or(this::otherEndpoint)
                .filter(AwsMojo::isLoopback)
                .isPresent();
    }

    /** With the sandbox nothing is pushed to another machine. */
    private void requireLocalRegistry() {
        OptionText.text(registry)
                .filter(host -> onSandbox())
                .ifPresent(host -> requireLoopback("ecs.registry", host, RegistryHost.isLoopback(host)));
    }

    private void requireLocalImage() {
        OptionText.text(toImage)
                .filter(name -> onSandbox())
                .ifPresent(name -> requireLoopback("ecs.to.image", name, RegistryHost.isOfLoopback(name)));
    }

    /** A base image of the local engine has to be read from there again. */
    private Optional<Engine> engine(BuiltImage image) {
        return image.base().name().startsWith("docker://")
                ? Optional.of(SessionKeeper.engine(new SessionKeeper(session).get()))
                : Optional.empty();
    }

    private void finish(PushedImage pushed, ConsolePushLog log) {
        log.pushed(pushed, isDryRun());
        if (isDryRun()) {
            RecordFile.write(files().plannedPush(), pushed);
        } else {
            RecordFile.write(files().push(), pushed);
            // Also of a build whose image was made in a call before.
            board().note(project, "digest", pushed.digest().value());
            board().note(project, "tags", String.join(", ", pushed.tags()));
        }
    }
}
