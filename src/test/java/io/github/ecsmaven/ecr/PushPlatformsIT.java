package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuildImage;
import io.github.ecsmaven.image.BuiltImage;
import io.github.ecsmaven.image.DockerCommand;
import io.github.ecsmaven.image.Engine;
import io.github.ecsmaven.image.ImageRequest;
import io.github.ecsmaven.image.Requests;
import io.github.ecsmaven.image.TwoPlatformBase;
import io.github.ecsmaven.sandbox.Sandbox;
import io.github.ecsmaven.sandbox.SandboxClients;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;

/** An image of two platforms on a base from the reference registry: built, loaded, and pushed to that registry and to ECR. */
class PushPlatformsIT {
    private static final String[] BOTH = {"linux/amd64", "linux/arm64"};

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static RegistryProcess bases;
    private static String base;
    private static Sandbox sandbox;
    private static EcrClient ecr;

    private final DockerCommand engine = new DockerCommand();
    private final BuildImage build = new BuildImage(Requests.QUIET, Clock.systemUTC());
    private Pushes pushes;

    @BeforeAll
    static void start() throws Exception {
        RegistryProcess.assumeThere();
        bases = RegistryProcess.open(shared.resolve("bases"));
        base = TwoPlatformBase.push(bases.host(), shared.resolve("jib"));
        sandbox = SandboxClients.of(shared.resolve("sandbox"));
        ecr = SandboxClients.ecr(sandbox.ensure());
    }

    @AfterAll
    static void stop() {
        if (ecr != null) {
            ecr.close();
            sandbox.stop(true);
        }
        if (bases != null) {
            bases.close();
        }
    }

    @BeforeEach
    void pushes() {
        pushes = new Pushes(folder);
    }

    @ParameterizedTest
    @CsvSource({"Docker", "OCI"})
    void builtIsAnIndexOfWhatEachPlatformAloneWouldBe(String format) throws Exception {
        BuiltImage built = build.run(request("several", format, BOTH), Optional.of(engine));
        try {
            BuiltImage.Index index = built.index().orElseThrow();
            assertThat(index.tested()).contains("linux/amd64");
            assertThat(index.mediaType()).isEqualTo(format.equals("OCI") ? ImageIndex.OCI : ImageIndex.DOCKER);
            assertThat(built.digest()).isEqualTo(index.toImageIndex().digest());
            assertThat(built.platforms()).containsExactly(BOTH);
            assertThat(built.newLayers()).isEqualTo(1);

            for (BuiltImage.Child child : index.manifests()) {
                BuiltImage alone = build.run(request("alone", format, child.platform()), Optional.empty());
                assertThat(alone.index()).isEmpty();
                assertThat(child.digest()).as(child.platform()).isEqualTo(alone.digest());
                assertThat(child.imageId()).isEqualTo(alone.imageId());
            }
            BuiltImage.Child arm64 = index.manifests().get(1);
            assertThat(engine.inspect(built.name()).orElseThrow().id())
                    .isEqualTo(built.imageId().value())
                    .isEqualTo(index.manifests().get(0).imageId().value());
            assertThat(engine.inspect(arm64.imageId().value()))
                    .as("another platform's image in the engine")
                    .isEmpty();

            BuiltImage untested = build.run(request("untested", format, BOTH), Optional.empty());
            assertThat(untested.digest()).isEqualTo(built.digest());
            assertThat(untested.loaded()).isFalse();
            assertThat(untested.index().orElseThrow().tested()).isEmpty();
        } finally {
            engine.remove(built.name());
        }
    }

    /** By a digest the list is looked into by Jib alone, and its words are shown. */
    @Test
    void aSinglePlatformThatTheBaseHasNotIsToldAlsoByDigest() throws Exception {
        String digest = bases.digest("base", "17");
        ImageRequest request = Requests.onBase(
                folder.resolve("one"), "push-platforms-it", bases.host() + "/base@" + digest, "Docker", "linux/s390x");
        Problem problem = catchThrowableOfType(Problem.class, () -> build.run(request, Optional.empty()));
        assertThat(problem.what()).endsWith("@" + digest + "' has no image for linux/s390x.");
        assertThat(problem.next()).startsWith("name platforms that it has in ecs.from.platforms");
    }

    @ParameterizedTest
    @CsvSource({"Docker", "OCI"})
    void pushedToAnyRegistryIsThatIndex(String format) throws Exception {
        ImageRequest request = request("any", format, BOTH);
        BuiltImage built = build.run(request, Optional.empty());
        ImageIndex index = built.index().orElseThrow().toImageIndex();
        try (RegistryProcess registry = new RegistryProcess(Files.createDirectories(folder.resolve("registry")))) {
            PushRequest push = push(request, built, Optional.of(registry.host() + "/shop/orders"));
            PushedImage pushed = anywhere().run(push);

            assertThat(pushed.digest()).isEqualTo(built.digest());
            assertThat(pushed.index()).contains(index);
            assertThat(pushed.bytesSent()).as("the same files for both").isEqualTo(built.size());
            for (String name : List.of("1.0", "latest", built.digest().value())) {
                HttpResponse<String> answer = registry.manifest("shop/orders", name);
                assertThat(answer.body()).isEqualTo(index.text());
                assertThat(answer.headers().firstValue("Content-Type")).hasValue(index.mediaType());
            }
            for (ImageIndex.Manifest child : index.manifests()) {
                HttpResponse<String> answer =
                        registry.manifest("shop/orders", child.digest().value());
                assertThat(answer.body()).hasSize((int) child.size());
                assertThat(architecture(registry, answer.body())).isEqualTo(child.platform());
            }
            assertThat(anywhere().run(push).layersSent()).isZero();
        }
    }

    /** What was tested has the base image that the tag meant then; a push that asked for it again would be refused. */
    @Test
    void pushedIsWhatWasTestedThoughTheTagOfTheBaseHasMoved() throws Exception {
        TwoPlatformBase.move(bases.host(), "moving", "amd64");
        ImageRequest request = Requests.onBase(
                folder.resolve("moving"), "push-platforms-it", bases.host() + "/base:moving", "Docker", "linux/amd64");
        BuiltImage built = build.run(request, Optional.empty());
        String arm64 = new ObjectMapper()
                .readTree(bases.manifest("base", "17").body())
                .at("/manifests/1/digest")
                .asText();
        TwoPlatformBase.move(bases.host(), "moving", arm64);
        assertThat(bases.digest("base", "moving")).isEqualTo(arm64).isNotEqualTo(bases.digest("base", "amd64"));

        try (RegistryProcess registry = new RegistryProcess(Files.createDirectories(folder.resolve("registry")))) {
            PushedImage pushed = anywhere().run(push(request, built, Optional.of(registry.host() + "/shop/orders")));

            assertThat(pushed.digest()).isEqualTo(built.digest());
            assertThat(registry.digest("shop/orders", "1.0"))
                    .isEqualTo(built.digest().value());
        }
    }

    @Test
    void pushedToEcrHasItsTagsAtTheIndexAlone() throws Exception {
        ImageRequest request = request("ecr", "Docker", BOTH);
        BuiltImage built = build.run(request, Optional.empty());
        ImageIndex index = built.index().orElseThrow().toImageIndex();
        ecr.createRepository(r -> r.repositoryName("orders").imageTagMutability(ImageTagMutability.IMMUTABLE));
        PushRequest push = push(request, built, Optional.empty());

        PushedImage pushed = toEcr().run(push);

        assertThat(pushed.digest()).isEqualTo(built.digest());
        assertThat(ecr.listImages(r -> r.repositoryName("orders")).imageIds())
                .as("two tags of the index, two images without a tag")
                .hasSize(4)
                .filteredOn(id -> id.imageTag() != null)
                .extracting(ImageIdentifier::imageDigest)
                .containsOnly(built.digest().value());
        Image read = ecr.batchGetImage(r -> r.repositoryName("orders")
                        .imageIds(List.of(
                                ImageIdentifier.builder().imageTag("latest").build())))
                .images()
                .get(0);
        assertThat(read.imageManifest()).isEqualTo(index.text());
        assertThat(read.imageManifestMediaType()).isEqualTo(ImageIndex.DOCKER);
        ImageDetail detail = detail(built.digest().value());
        assertThat(detail.imageTags()).containsExactlyInAnyOrder("1.0", "latest");
        assertThat(detail.imageManifestMediaType()).isEqualTo(ImageIndex.DOCKER);
        assertThat(detail.artifactMediaType()).as("an index is no artifact").isNull();
        assertThat(index.manifests())
                .extracting(child -> detail(child.digest().value()).imageSizeInBytes())
                .as("the largest image's size is the index's")
                .contains(detail.imageSizeInBytes());

        assertThat(toEcr().run(push).layersSent())
                .as("the same tags once more, immutable as they are")
                .isZero();
    }

    private ImageRequest request(String project, String format, String... platforms) throws Exception {
        return Requests.onBase(folder.resolve(project + format), "push-platforms-it", base, format, platforms);
    }

    private PushRequest push(ImageRequest request, BuiltImage built, Optional<String> fullName) {
        List<PushRequest.Image> images = build.again(request, built, Optional.<Engine>empty()).stream()
                .map(again -> new PushRequest.Image(again.digest(), again.image()))
                .toList();
        return new PushRequest(
                new PushRequest.Tested(built.digest(), images, built.index().map(BuiltImage.Index::toImageIndex)),
                "orders",
                Optional.empty(),
                fullName,
                List.of(ImageTag.literal("1.0"), ImageTag.literal("latest")),
                Optional.empty(),
                Optional.empty(),
                false,
                request.caches().base(),
                request.caches().application());
    }

    private PushImage anywhere() {
        return new PushImage(
                () -> {
                    throw new AssertionError("no call of ECR's API with a full name");
                },
                pushes,
                Clock.systemUTC(),
                time -> {
                    throw new AssertionError("nothing to wait for");
                },
                any -> List.of(() -> Optional.of(Credential.from(RegistryProcess.USER, RegistryProcess.PASSWORD))));
    }

    private PushImage toEcr() {
        return new PushImage(() -> ecr, pushes, Clock.systemUTC(), time -> {
            throw new AssertionError("nothing to wait for");
        });
    }

    private static ImageDetail detail(String digest) {
        return ecr.describeImages(r -> r.repositoryName("orders")
                        .imageIds(List.of(
                                ImageIdentifier.builder().imageDigest(digest).build())))
                .imageDetails()
                .get(0);
    }

    private static String architecture(RegistryProcess registry, String manifest) throws Exception {
        ObjectMapper json = new ObjectMapper();
        String digest = json.readTree(manifest).at("/config/digest").asText();
        JsonNode config = json.readTree(registry.blob("shop/orders", digest).body());
        return config.path("os").asText() + "/" + config.path("architecture").asText();
    }
}
