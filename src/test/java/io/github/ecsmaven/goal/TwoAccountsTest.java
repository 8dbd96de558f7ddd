package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.ecr.EcrLogins;
import io.github.ecsmaven.sandbox.LocalAws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/**
 * The base image in another account and region than the target, by their names on AWS: each registry gets the login that AWS gives
 * in its own region. Two sandboxes stand for the regions, and neither takes the other's login.
 */
@Timeout(120)
class TwoAccountsTest {
    private static final String BASES = "210987654321.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String TARGETS = LocalAws.ACCOUNT + ".dkr.ecr." + LocalAws.REGION + ".amazonaws.com";
    private static final String ROLE = "arn:aws:iam::" + LocalAws.ACCOUNT + ":role/deploy";

    @TempDir
    Path folder;

    @Test
    void baseIsPulledWithItsRegionsLoginAndTheImageIsPushedWithTheOthers() throws Exception {
        try (LocalAws frankfurt = new LocalAws(Files.createDirectories(folder.resolve("frankfurt")));
                LocalAws ireland = new LocalAws(Files.createDirectories(folder.resolve("ireland")));
                AwsClients deployer = ireland.clients();
                AwsByName aws = new AwsByName(
                        folder, Map.of("eu-central-1", frankfurt.endpoint(), LocalAws.REGION, ireland.endpoint()))) {
            pushBase(frankfurt);
            deployer.ecr().createRepository(ask -> ask.repositoryName("orders"));

            String said = build(aws);

            assertThat(said).matches(TARGETS + "/orders@sha256:[0-9a-f]{64} (\\d) of \\1");
            assertThat(deployer.ecr()
                            .describeImages(ask -> ask.repositoryName("orders")
                                    .imageIds(ImageIdentifier.builder()
                                            .imageTag("1.0")
                                            .build()))
                            .imageDetails()
                            .get(0)
                            .imageDigest())
                    .isEqualTo(said.replaceAll(".*@| .*", ""));

            List<String> ofBases = logins(aws, BASES);
            List<String> ofTargets = logins(aws, TARGETS);
            assertThat(ofBases).isNotEmpty().doesNotContainAnyElementsOf(ofTargets);
            assertThat(ofTargets).isNotEmpty();
            assertThat(ofBases).allMatch(TwoAccountsTest::isOfEcr);
            assertThat(ofTargets).allMatch(TwoAccountsTest::isOfEcr);
            isAskedForALogin(aws, "eu-central-1");
            isAskedForALogin(aws, LocalAws.REGION);
        }
    }

    /** What the owner of the base images has pushed. */
    private void pushBase(LocalAws frankfurt) throws Exception {
        try (AwsClients owner = frankfurt.clients("210987654321", "eu-central-1")) {
            String uri = owner.ecr()
                    .createRepository(ask -> ask.repositoryName("bases/java"))
                    .repository()
                    .repositoryUri();
            Credential login = EcrLogins.of(owner.ecr());
            Path file = Files.writeString(folder.resolve("java"), "java");
            System.setProperty("sendCredentialsOverHttp", "true");
            Jib.fromScratch()
                    .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                    .containerize(Containerizer.to(RegistryImage.named(uri + ":17")
                                    .addCredential(login.getUsername(), login.getPassword()))
                            .setAllowInsecureRegistries(true)
                            .setBaseImageLayersCache(folder.resolve("its-base"))
                            .setApplicationLayersCache(folder.resolve("its-cache")));
        } finally {
            System.clearProperty("sendCredentialsOverHttp");
        }
    }

    private String build(AwsByName aws) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(aws.flags());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Daws.accessKeyId=" + LocalAws.ACCOUNT,
                "-Daws.secretAccessKey=any",
                "-Daws.disableEc2Metadata=true",
                "-cp",
                System.getProperty("java.class.path"),
                TwoAccountsMain.class.getName(),
                Files.createDirectories(folder.resolve("build")).toString(),
                "registry://" + BASES + "/bases/java:17",
                TARGETS + "/orders",
                ROLE));
        Process build = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(build.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return said;
    }

    private static void isAskedForALogin(AwsByName aws, String region) {
        assertThat(aws.calls("sts." + region + ".amazonaws.com")).isNotEmpty();
        assertThat(aws.calls("api.ecr." + region + ".amazonaws.com"))
                .isNotEmpty()
                .allSatisfy(call -> {
                    assertThat(call.what()).isEqualTo("GetAuthorizationToken");
                    assertThat(call.authorization())
                            .as("signed with the role's key, for the region")
                            .contains("/" + region + "/ecr/")
                            .doesNotContain("Credential=" + LocalAws.ACCOUNT + "/");
                });
    }

    /** The different ones that came to a registry. */
    private static List<String> logins(AwsByName aws, String host) {
        return aws.calls(host).stream()
                .map(AwsByName.Call::authorization)
                .filter(login -> !login.isEmpty())
                .distinct()
                .toList();
    }

    private static boolean isOfEcr(String authorization) {
        String plain = authorization.replaceFirst("^Basic ", "");
        return new String(Base64.getDecoder().decode(plain), StandardCharsets.UTF_8).startsWith("AWS:");
    }
}
