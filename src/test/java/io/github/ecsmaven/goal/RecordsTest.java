package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.ecr.PushedImage;
import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.image.BuiltImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The names of the fields below {@code target/ecs}: other programs read them, and a later version of the plugin does.
 * They are documented in records.md, to which each of these names is held.
 */
class RecordsTest {
    private static final Path PAGE = Path.of("src/site/markdown/records.md");
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final Digest OTHER = new Digest("sha256:" + "b".repeat(64));

    @TempDir
    Path target;

    @Test
    void image() throws IOException {
        BuiltImage.Index index = new BuiltImage.Index(
                ImageIndex.DOCKER,
                Optional.of("linux/amd64"),
                List.of(new BuiltImage.Child("linux/amd64", DIGEST, 428, OTHER, DIGEST)));
        JsonNode image = written(files().image(), image(Optional.of("shop.Main"), Optional.of(index)));

        assertNames(
                image,
                "name digest imageId base platforms mainClass ports created size layers newLayers newBytes loaded index");
        assertNames(image.get("base"), "name digest");
        assertNames(image.get("index"), "mediaType tested manifests");
        assertNames(image.get("index").get("manifests").get(0), "platform digest size imageId base");
        assertThat(image.get("digest").textValue()).as("a digest is a text").isEqualTo(DIGEST.value());
        assertThat(image.get("created").textValue()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(image.get("ports").get(0).intValue()).isEqualTo(8080);
    }

    @Test
    void imageOfOnePlatformWithoutAMainClassLeavesTheTwoOut() throws IOException {
        assertNames(
                written(files().image(), image(Optional.empty(), Optional.empty())),
                "name digest imageId base platforms ports created size layers newLayers newBytes loaded");
    }

    @Test
    void tested() throws IOException {
        new TestedImage(DIGEST, Optional.of("0a1b")).mark(files());

        assertNames(read(files().tested()), "digest commit");
    }

    @Test
    void push() throws IOException {
        ImageIndex index =
                new ImageIndex(ImageIndex.DOCKER, List.of(new ImageIndex.Manifest("linux/amd64", OTHER, 428)));
        JsonNode push = written(
                files().push(),
                new PushedImage("example.com", "orders", DIGEST, List.of("1.0"), 5, 1, 20, Optional.of(index)));

        assertNames(push, "registry repository digest tags bytesSent layersSent millis index");
        assertNames(push.get("index"), "mediaType manifests");
        assertNames(push.get("index").get("manifests").get(0), "platform digest size");
    }

    @Test
    void redeploy() throws IOException {
        Rollout rollout = new Rollout(
                "uat",
                "orders",
                "ecs-svc/1",
                "arn:new",
                Optional.of("arn:old"),
                DIGEST,
                Rollout.Outcome.ROLLED_BACK,
                "BLUE_GREEN",
                Optional.of("http://127.0.0.1:8080"),
                41.5);
        JsonNode redeploy = written(files().redeploy(), new Rollout.Redeploy(List.of(rollout)));

        assertNames(redeploy, "services");
        JsonNode service = redeploy.get("services").get(0);
        assertNames(
                service,
                "cluster service deploymentId taskDefinition previousTaskDefinition digest outcome strategy url seconds");
        assertThat(service.get("outcome").textValue()).isEqualTo("ROLLED_BACK");
        assertThat(Files.readString(PAGE))
                .contains(List.of(Rollout.Outcome.values()).stream()
                        .map(outcome -> "`" + outcome + "`")
                        .toArray(String[]::new));
    }

    private static void assertNames(JsonNode node, String names) throws IOException {
        assertThat(node.fieldNames()).toIterable().containsExactly(names.split(" "));
        for (String name : names.split(" ")) {
            assertThat(Files.readString(PAGE)).contains("`" + name + "`");
        }
    }

    private static BuiltImage image(Optional<String> mainClass, Optional<BuiltImage.Index> index) {
        return new BuiltImage(
                "orders:1",
                DIGEST,
                OTHER,
                new BuiltImage.BaseImage("docker://java:17", OTHER),
                List.of("linux/amd64"),
                mainClass,
                List.of(8080),
                "1970-01-01T00:00:00Z",
                5,
                3,
                1,
                2,
                true,
                index);
    }

    private JsonNode written(Path file, Object record) throws IOException {
        RecordFile.write(file, record);
        return read(file);
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private GoalFiles files() {
        return new GoalFiles(target);
    }
}
