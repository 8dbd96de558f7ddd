package io.github.ecsmaven.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.github.ecsmaven.sandbox.ecr.Ecr;
import io.github.ecsmaven.sandbox.ecr.StoredImages.Platform;
import io.github.ecsmaven.sandbox.ecr.StoredImages.StoredImage;
import io.github.ecsmaven.sandbox.wire.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.sts.StsClient;

class EcrIT {
    @TempDir
    static Path home;

    @TempDir
    Path work;

    private static Sandbox sandbox;
    private static Sandbox.Address address;
    private static EcrClient ecr;

    @BeforeAll
    static void start() {
        sandbox = SandboxClients.of(home);
        address = sandbox.ensure();
        ecr = SandboxClients.ecr(address);
    }

    @AfterAll
    static void stop() {
        ecr.close();
        sandbox.stop(true);
    }

    @Test
    void describeRepositoriesWhenMissingIsRefusedInEcrsWords() {
        assertThatThrownBy(() -> ecr.describeRepositories(r -> r.repositoryNames("orders")))
                .isInstanceOf(RepositoryNotFoundException.class)
                .hasMessageContaining(
                        "The repository with name 'orders' does not exist in the registry with id '123456789012'");
    }

    @Test
    void assumeRoleGivesCredentials() {
        try (StsClient sts = StsClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(SandboxClients.credentials(address))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
            assertThat(sts.assumeRole(r -> r.roleArn("arn:aws:iam::123456789012:role/deploy")
                                    .roleSessionName("build"))
                            .assumedRoleUser()
                            .arn())
                    .isEqualTo("arn:aws:sts::123456789012:assumed-role/deploy/build");
        }
    }

    @Test
    void describeRepositoriesIsPaged() {
        List.of("one", "three", "two").forEach(name -> ecr.createRepository(r -> r.repositoryName(name)));
        assertThat(ecr.describeRepositoriesPaginator(r -> r.maxResults(2)).repositories())
                .extracting(repository -> repository.repositoryName())
                .containsSubsequence("one", "three", "two");
    }

    @Test
    void pushWithJibIsThereUnderItsDigestAlsoAfterARestart() throws Exception {
        String uri = ecr.createRepository(r -> r.repositoryName("shop/orders"))
                .repository()
                .repositoryUri();
        JibContainer pushed = push(uri + ":1.0");
        String digest = pushed.getDigest().toString();
        assertThat(image("1.0").imageDigest()).isEqualTo(digest);

        sandbox.stop(false);
        StoredImage stored = new Ecr(
                        home,
                        address.endpoint().getPort(),
                        new Caller("123456789012", "us-east-1"),
                        "secret",
                        Clock.systemUTC())
                .images()
                .resolve(uri + "@" + digest, () -> new Platform("linux", "amd64"))
                .orElseThrow();
        assertThat(stored.config()).isEqualTo(pushed.getImageId().toString());
        assertThat(stored.configFile()).exists();
        assertThat(stored.layers()).isNotEmpty().allSatisfy(layer -> assertThat(layer.file())
                .exists());

        assertThat(sandbox.ensure().endpoint()).isEqualTo(address.endpoint());
        assertThat(image("1.0").imageTags()).containsExactly("1.0");
    }

    private ImageDetail image(String tag) {
        return ecr.describeImages(r -> r.repositoryName("shop/orders")
                        .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
                .imageDetails()
                .get(0);
    }

    private JibContainer push(String target) throws Exception {
        Path file = Files.writeString(work.resolve("hello.txt"), "hello");
        return Jib.fromScratch()
                .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                .setEntrypoint("/hello.txt")
                .containerize(Containerizer.to(
                                RegistryImage.named(target).addCredential("AWS", SandboxClients.registryPassword(ecr)))
                        .setAllowInsecureRegistries(true)
                        .setApplicationLayersCache(work.resolve("cache"))
                        .setBaseImageLayersCache(work.resolve("base")));
    }
}
