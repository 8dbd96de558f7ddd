package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformsTest {
    private static final List<Platform> BOTH = OptionValues.platforms(List.of("linux/amd64", "linux/arm64"));

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({
        "linux, amd64, linux/amd64",
        "linux, x86_64, linux/amd64",
        "linux, arm64, linux/arm64",
        "linux, aarch64, linux/arm64",
    })
    void testedIsTheEnginesOwn(String os, String architecture, String tested) {
        assertThat(Platforms.name(Platforms.tested(BOTH, engine(os, architecture))))
                .isEqualTo(tested);
    }

    @ParameterizedTest(name = "{0}/{1}")
    @CsvSource({"linux, s390x", "windows, amd64"})
    void testedWhenTheEngineRunsNoneIsToldWithWhatWouldBeRight(String os, String architecture) {
        Problem problem = catchThrowableOfType(Problem.class, () -> Platforms.tested(BOTH, engine(os, architecture)));
        String own = os + "/" + architecture;
        assertThat(problem.text())
                .isEqualTo("The Docker engine runs " + own + " and could test none of the platforms to build.\n"
                        + "  ecs.from.platforms: linux/amd64, linux/arm64\n"
                        + "Next: add " + own + " to ecs.from.platforms, or build without tests (-DskipITs).");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"docker://java:17", "tar:///tmp/java.tar"})
    void aBaseOfOnePlatformIsRefusedBeforeAnythingIsLookedAt(String base) {
        Problem problem = refused(base, Optional.empty());
        assertThat(problem.text())
                .isEqualTo("The base image '" + base + "' is of one platform, and ecs.from.platforms names linux/amd64"
                        + " and linux/arm64.\nNext: set ecs.from.image to an image for these platforms in a registry,"
                        + " or name one platform in ecs.from.platforms.");
    }

    /** The base's host is not known: nothing has been asked by then. */
    @Test
    void anEngineThatRunsNoneIsToldBeforeAnythingIsBuilt() {
        Problem problem = refused("no-such-host.invalid/java:17", Optional.of(new EmptyEngine("linux", "s390x")));
        assertThat(problem.what()).startsWith("The Docker engine runs linux/s390x");
        assertThat(refused("no-such-host.invalid/java:17", Optional.empty()).what())
                .as("without tests no engine matters")
                .isEqualTo("The base image 'no-such-host.invalid/java:17' can't be had.");
    }

    private static Problem refused(String base, Optional<Engine> engine) {
        Requests.Options both = Requests.Options.GOOD.on("linux/amd64", "linux/arm64");
        ImageRequest request = Requests.request(Path.of("nowhere"), "orders", base, both);
        return catchThrowableOfType(
                Problem.class, () -> new BuildImage(Requests.QUIET, Clock.systemUTC()).run(request, engine));
    }

    private static Engine.Info engine(String os, String architecture) {
        return new EmptyEngine(os, architecture).info();
    }
}
