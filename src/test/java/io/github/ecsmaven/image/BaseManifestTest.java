package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.OciIndexTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestListTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ImageIndex;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuiltImage.BaseImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list with two platforms, one of them twice, and with what BuildKit adds. */
class BaseManifestTest {
    private static final String NAME = "registry/java:17";
    private static final Digest LIST = digest('0');
    private static final List<String> ENTRIES =
            List.of("linux/amd64", "linux/arm64/v8", "linux/arm64", "unknown/unknown");

    @ParameterizedTest
    @ValueSource(classes = {V22ManifestListTemplate.class, OciIndexTemplate.class})
    void partsOfSeveralAreTheChildrenInTheOrderAskedFor(Class<? extends ManifestListTemplate> type) throws IOException {
        BaseManifest base = BaseManifest.list(LIST, list(type));
        assertThat(base.platforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(base.parts(NAME, platforms("linux/arm64", "linux/amd64")))
                .containsExactly(new BaseImage(NAME, digest('2')), new BaseImage(NAME, digest('1')));
    }

    @Test
    void partsOfOneAreTheListItself() throws IOException {
        BaseManifest base = BaseManifest.list(LIST, list(V22ManifestListTemplate.class));
        assertThat(base.parts(NAME, platforms("linux/arm64"))).containsExactly(new BaseImage(NAME, LIST));
        assertThat(BaseManifest.image(LIST, Optional.empty()).parts(NAME, platforms("linux/amd64")))
                .containsExactly(new BaseImage(NAME, LIST));
    }

    @ParameterizedTest
    @CsvSource({
        "linux/s390x, linux/s390x",
        "linux/amd64 windows/amd64, windows/amd64",
        "linux/arm64 linux/arm, linux/arm"
    })
    void aPlatformThatIsNotThereIsToldWithThoseThatAre(String wanted, String missing) throws IOException {
        BaseManifest base = BaseManifest.list(LIST, list(OciIndexTemplate.class));
        Problem problem = catchThrowableOfType(Problem.class, () -> base.parts(NAME, platforms(wanted.split(" "))));
        assertThat(problem.text())
                .isEqualTo("The base image 'registry/java:17' has no image for " + missing + ".\n"
                        + "  It has linux/amd64 and linux/arm64.\n"
                        + "Next: name platforms that it has in ecs.from.platforms, or another base image in"
                        + " ecs.from.image.");
    }

    @ParameterizedTest
    @CsvSource({"linux/amd64, ', linux/amd64'", ", ''"})
    void anImageOfOnePlatformIsToldWithIt(String platform, String shown) {
        BaseManifest base = BaseManifest.image(LIST, Optional.ofNullable(platform));
        Problem problem =
                catchThrowableOfType(Problem.class, () -> base.parts(NAME, platforms("linux/amd64", "linux/arm64")));
        assertThat(problem.text())
                .isEqualTo("The base image 'registry/java:17' is of one platform" + shown
                        + ", and ecs.from.platforms names linux/amd64 and linux/arm64.\n"
                        + "Next: set ecs.from.image to an image for these platforms, or name one platform in"
                        + " ecs.from.platforms.");
    }

    private static <T extends ManifestListTemplate> T list(Class<T> type) throws IOException {
        String mediaType = type == OciIndexTemplate.class ? ImageIndex.OCI : ImageIndex.DOCKER;
        List<ImageIndex.Manifest> manifests = ENTRIES.stream()
                .map(entry -> new ImageIndex.Manifest(entry, digest((char) ('1' + ENTRIES.indexOf(entry))), 1))
                .toList();
        return JsonTemplateMapper.readJson(new ImageIndex(mediaType, manifests).text(), type);
    }

    private static List<Platform> platforms(String... names) {
        return OptionValues.platforms(List.of(names));
    }

    private static Digest digest(char digit) {
        return new Digest("sha256:" + String.valueOf(digit).repeat(64));
    }
}
