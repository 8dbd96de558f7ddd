package io.github.ecsmaven.goal;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.aws.AwsSettings;
import io.github.ecsmaven.ecr.PushImage;
import io.github.ecsmaven.ecr.PushRequest;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.Engine;
import io.github.ecsmaven.image.ImageRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    /** Creates the ECR repository when it is missing. Default: false; the sandbox always does. */
    @Parameter(property = "ecs.createRepository", defaultValue = "false")
    boolean createRepository;

    /** Says what would be pushed and changes nothing. */
    @Parameter(property = "ecs.dryRun", defaultValue = "false")
    boolean dryRun;

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
            TestedImage.require(files(), image.digest());
        }
        push(request, image);
    }

    private void push(ImageRequest request, BuiltImage image) throws InterruptedException {
        List<String> names = ProjectTags.of(OptionText.list(tags), project, session, System.getenv());
        Clock clock = Clock.systemUTC();
        ConsoleImageLog imageLog = new ConsoleImageLog(getLog(), progress(clock));
        ConsolePushLog log = new ConsolePushLog(getLog(), progress(clock));
        if (sandbox) {
            requireLocalTarget();
        }
        AwsSettings settings = aws();
        try (AwsClients clients = new AwsClients(settings, System.getenv())) {
            PushRequest push = new PushRequest(
                    tested(image, new BuildImage(imageLog, clock).again(request, image, engine(image))),
                    repository,
                    OptionText.text(registry),
                    OptionText.text(toImage),
                    names,
                    createRepository || sandbox,
                    dryRun,
                    request.caches().base(),
                    request.caches().application());
            PushImage pushing = new PushImage(clients::ecr, log, clock, time -> Thread.sleep(time.toMillis()));
            boolean plain = isOnThisMachine(settings);
            finish(plain ? LoginsOverHttp.during(board(), () -> pushing.run(push)) : pushing.run(push), log);
        }
    }

    private static PushRequest.Tested tested(BuiltImage image, List<BuildImage.Again> images) {
        return new PushRequest.Tested(
                image.digest(),
                images.stream()
                        .map(again -> new PushRequest.Image(again.digest(), again.image()))
                        .toList(),
                image.index().map(BuiltImage.Index::toImageIndex));
    }

    /** Also as the SDK is told by the environment, with what {@code ecs:sandbox} prints. */
    private static boolean isOnThisMachine(AwsSettings settings) {
        return settings.endpoint()
                .or(() -> Stream.of("AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL")
                        .map(System.getenv()::get)
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst()
                        .map(AwsMojo::uri))
                .filter(AwsMojo::isLoopback)
                .isPresent();
    }

    /** With the sandbox nothing is pushed to another machine. */
    private void requireLocalTarget() {
        OptionText.text(registry)
                .ifPresent(host -> requireLoopback("ecs.registry", host, RegistryHost.isLoopback(host)));
        OptionText.text(toImage)
                .ifPresent(name -> requireLoopback("ecs.to.image", name, RegistryHost.isOfLoopback(name)));
    }

    /** A base image of the local engine has to be read from there again. */
    private Optional<Engine> engine(BuiltImage image) {
        return image.base().name().startsWith("docker://")
                ? Optional.of(SessionKeeper.engine(new SessionKeeper(session).get()))
                : Optional.empty();
    }

    private void finish(PushedImage pushed, ConsolePushLog log) {
        log.pushed(pushed, dryRun);
        if (dryRun) {
            RecordFile.write(files().plannedPush(), pushed);
        } else {
            RecordFile.write(files().push(), pushed);
            board().note(project, "tags", String.join(", ", pushed.tags()));
        }
    }
}
