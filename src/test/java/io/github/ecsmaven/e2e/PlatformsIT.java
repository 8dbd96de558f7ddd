package io.github.ecsmaven.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ecsmaven.ecr.RegistryProcess;
import io.github.ecsmaven.image.TwoPlatformBase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/** An image of two platforms from Maven's view: built, tested, pushed as an index, rolled out and proved. */
class PlatformsIT {
    private static final String GROUP = "platforms";

    @TempDir
    static Path folder;

    private static RegistryProcess registry;
    private static String base;

    @BeforeAll
    static void start() throws Exception {
        RegistryProcess.assumeThere();
        registry = RegistryProcess.open(folder.resolve("registry"));
        base = TwoPlatformBase.push(registry.host(), folder.resolve("jib"));
        MavenBuild.forgetSandbox(GROUP);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
        MavenBuild.forgetSandbox(GROUP);
    }

    @Test
    void anImageOfTwoPlatformsIsTestedPushedAndRolledOut() throws IOException {
        MavenBuild build = on(base, "linux/arm64,linux/amd64");
        build.deploy()
                .succeeds()
                .says(
                        ", linux/arm64 and linux/amd64 (tested), ",
                        "  linux/arm64 and linux/amd64, tags ",
                        "completed, running sha256:",
                        "platforms          linux/arm64 and linux/amd64 (tested)");
        JsonNode image = build.record("image.json");
        String digest = image.get("digest").asText();
        assertThat(image.at("/index/mediaType").asText()).endsWith("manifest.list.v2+json");
        assertThat(image.at("/index/tested").asText()).isEqualTo("linux/amd64");
        assertThat(image.at("/index/manifests/0/platform").asText()).isEqualTo("linux/arm64");
        assertThat(build.record("tested.json").get("digest").asText()).isEqualTo(digest);

        JsonNode push = build.record("push.json");
        assertThat(push.get("digest").asText()).isEqualTo(digest);
        for (int at = 0; at < 2; at++) {
            assertThat(push.at("/index/manifests/" + at + "/digest"))
                    .isEqualTo(image.at("/index/manifests/" + at + "/digest"));
        }
        assertThat(build.record("redeploy.json").at("/services/0/digest").asText())
                .isEqualTo(digest);
        assertThat(build.record("redeploy.json").at("/services/0/outcome").asText())
                .isEqualTo("COMPLETED");
        assertThat(running().containers().get(0).image()).endsWith("/clock@" + digest);
        assertThat(SandboxView.get(build.url() + "/time?zone=Asia/Tokyo")).contains("+09:00");

        build.again().run("ecs:push", "-Decs.to.image=" + registry.host() + "/shop/clock", "-Decs.tags=1");
        assertThat(registry.manifest("shop/clock", "1").headers().firstValue("Docker-Content-Digest"))
                .as("pushed in a later call that names neither base nor platforms")
                .hasValue(digest);
    }

    @Test
    void platformsThatCanNotBeTestedOrHadAreToldBeforeAnythingIsBuilt() {
        MavenBuild none = on(base, "linux/arm64,linux/s390x");
        none.run("verify")
                .failsWith(
                        "The Docker engine runs linux/amd64 and could test none of the platforms to build.",
                        "ecs.from.platforms: linux/arm64, linux/s390x",
                        "add linux/amd64 to ecs.from.platforms");
        assertThat(none.hasRecord("image.json")).isFalse();
        none.again()
                .with("-Decs.from.image=" + base, "-Decs.from.platforms=linux/arm64,linux/s390x", "-DskipITs")
                .run("verify")
                .failsWith("has no image for linux/s390x.", "It has linux/amd64 and linux/arm64.");
        on("docker://ecs-maven-plugin/java:17", "linux/amd64,linux/arm64")
                .run("verify")
                .failsWith("The base image 'docker://ecs-maven-plugin/java:17' is of one platform");
    }

    private static MavenBuild on(String image, String platforms) {
        String name = (image + platforms).replaceAll("[^a-z0-9]+", "-");
        return MavenBuild.clock(GROUP, name).with("-Decs.from.image=" + image, "-Decs.from.platforms=" + platforms);
    }

    private static Task running() {
        try (EcsClient ecs = SandboxView.of(GROUP).ecs()) {
            String task = ecs.listTasks(r -> r.cluster("uat").serviceName("clock"))
                    .taskArns()
                    .get(0);
            return ecs.describeTasks(r -> r.cluster("uat").tasks(task)).tasks().get(0);
        }
    }
}
