package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.DockerCommand;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.Requests;
import io.github.ecsmaven.sandbox.Sandbox;
import io.github.ecsmaven.sandbox.SandboxClients;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** The push to ECR as the sandbox has it, with the AWS SDK's own client. */
class PushEcrIT {
    @TempDir
    static Path home;

    @TempDir
    Path folder;

    private static Sandbox sandbox;
    private static EcrClient ecr;
    private Pushes pushes;

    @BeforeAll
    static void start() {
        sandbox = SandboxClients.of(home);
        ecr = SandboxClients.ecr(sandbox.ensure());
    }

    @AfterAll
    static void stop() {
        if (ecr != null) {
            ecr.close();
        }
        sandbox.stop(true);
    }

    @BeforeEach
    void pushes() {
        pushes = new Pushes(folder);
    }

    @Test
    void pushedBytesAreTheTestedOnes() throws Exception {
        DockerCommand engine = new DockerCommand();
        ImageRequest request = Requests.onLocalBase(folder, "push-ecr-it");
        BuildImage build = new BuildImage(Requests.QUIET, Clock.systemUTC());
        BuiltImage built = build.run(request, Optional.of(engine));
        try {
            BuildImage.Again again =
                    build.again(request, built, Optional.of(engine)).get(0);
            PushRequest.Image image = new PushRequest.Image(again.digest(), again.image());
            PushRequest push = new PushRequest(
                    new PushRequest.Tested(built.digest(), List.of(image), Optional.empty()),
                    "tested",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(ImageTag.literal("1.0"), ImageTag.literal("git-0a1b2c3d4e5f")),
                    Optional.of(Pushes.PLAIN),
                    Optional.empty(),
                    false,
                    request.caches().base(),
                    request.caches().application());
            PushedImage first = pushing().run(push);
            assertThat(first.digest()).isEqualTo(built.digest());
            assertThat(first.layersSent()).isEqualTo(built.layers() + 1);
            assertThat(first.bytesSent()).isEqualTo(built.size()).isEqualTo(pushes.progress());
            assertThat(pushes.told)
                    .hasSize(1)
                    .allSatisfy(text -> assertThat(text).startsWith("created ").endsWith("/tested"));
            assertThat(tags("tested", built.digest())).containsExactlyInAnyOrder("1.0", "git-0a1b2c3d4e5f");
            assertThat(engine.inspect(built.name()).orElseThrow().id())
                    .isEqualTo(built.imageId().value());
            PushedImage second = pushing().run(push);
            assertThat(second.layersSent()).isZero();
            assertThat(second.bytesSent()).isZero();
        } finally {
            engine.remove(built.name());
        }
    }

    @Test
    void anotherRegistryHostGetsTheBytes() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        Digest digest = pushes.digest(one);
        String host = "localhost:" + sandbox.ensure().endpoint().getPort();
        PushedImage pushed = pushing().run(pushes.through(host, one, digest, "shop/through"));
        assertThat(pushed.pinned()).isEqualTo(host + "/shop/through@" + digest);
        assertThat(tags("shop/through", digest)).containsExactly("1.0");
    }

    @Test
    void aRegistryThatIsNoHostIsAProblem() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        Digest digest = pushes.digest(one);
        Problem problem = catchThrowableOfType(
                Problem.class, () -> pushing().run(pushes.through("no host", one, digest, "shop/through")));
        assertThat(problem.text())
                .isEqualTo("'no host/shop/through' is not the name of an image (ecs.registry).\n"
                        + "Next: write ecs.registry as host or host:port.");
    }

    @Test
    void tagsMoveWhereTheyMay() throws Exception {
        JibContainerBuilder one = pushes.image("one");
        JibContainerBuilder two = pushes.image("two");
        Digest first = pushes.digest(one);
        Digest second = pushes.digest(two);
        pushing().run(pushes.creating(one, first, "moving", "1.0", "latest"));
        pushing().run(pushes.creating(two, second, "moving", "2.0", "latest"));
        assertThat(tags("moving", first)).containsExactly("1.0");
        assertThat(tags("moving", second)).containsExactlyInAnyOrder("2.0", "latest");
    }

    @Test
    void anImmutableTagTakesTheSameDigestAndNoOther() throws Exception {
        ecr.createRepository(
                request -> request.repositoryName("fixed").imageTagMutability(ImageTagMutability.IMMUTABLE));
        JibContainerBuilder one = pushes.image("one");
        JibContainerBuilder two = pushes.image("two");
        Digest first = pushes.digest(one);
        Digest second = pushes.digest(two);
        pushing().run(pushes.ecr(one, first, "fixed", "1.0"));
        assertThat(pushing().run(pushes.ecr(one, first, "fixed", "1.0")).digest())
                .isEqualTo(first);
        Problem problem = catchThrowableOfType(
                Problem.class, () -> pushing().run(pushes.ecr(two, second, "fixed", "new", "1.0")));
        assertThat(problem.text())
                .matches("The tag '1.0' of 127.0.0.1:\\d+/fixed is immutable and names another image.\n"
                        + "  There: " + first + "\n  Built: " + second
                        + "\nNext: a tag that stays the same in each build has to move: .*");
        assertThat(tags("fixed", first)).containsExactly("1.0");
        assertThat(ecr.listImages(request -> request.repositoryName("fixed")).imageIds())
                .hasSize(1);
    }

    @Test
    void aMissingRepositoryIsAProblemWithTheNearestName() throws Exception {
        ecr.createRepository(request -> request.repositoryName("shop/orders"));
        JibContainerBuilder one = pushes.image("one");
        Digest digest = pushes.digest(one);
        Problem problem =
                catchThrowableOfType(Problem.class, () -> pushing().run(pushes.ecr(one, digest, "shop/oders", "1.0")));
        assertThat(problem.text())
                .isEqualTo("""
                        The ECR repository 'shop/oders' does not exist in %s.
                          There is shop/orders.
                        Next: correct ecs.repository, or ecs.region and ecs.profile if it is elsewhere; -Decs.createRepository creates it here.""".formatted(ecr.serviceClientConfiguration().region()));
    }

    private PushImage pushing() {
        return new PushImage(() -> ecr, pushes, Clock.systemUTC(), time -> {
            throw new AssertionError("nothing to wait for");
        });
    }

    private static List<String> tags(String repository, Digest digest) {
        return ecr
                .describeImages(request -> request.repositoryName(repository)
                        .imageIds(List.of(ImageIdentifier.builder()
                                .imageDigest(digest.value())
                                .build())))
                .imageDetails()
                .stream()
                .map(ImageDetail::imageTags)
                .findFirst()
                .orElseThrow();
    }
}
