package io.github.ecsmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerValuesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ports                 | http       | a port, a range or a port with its protocol: 8080, 8080-8090, 53/udp",
                "ports                 | 8080/sctp  | a port, a range or a port with its protocol: 8080, 8080-8090, 53/udp",
                "ports                 | 90-80      | a port, a range or a port with its protocol: 8080, 8080-8090, 53/udp",
                "ports                 | 70000      | a port, a range or a port with its protocol: 8080, 8080-8090, 53/udp",
                "workingDirectory      | work       | an absolute path in the container, for example /app",
                "volumes               | data       | an absolute path in the container, for example /app",
                "appRoot               | C:\\app    | an absolute path in the container, for example /app",
                "format                | docker2    | Docker or OCI",
                "creationTime          | yesterday  | EPOCH, USE_CURRENT_TIMESTAMP or an ISO 8601 time with zone: 2026-01-31T12:00:00Z",
                "creationTime          | 2026-01-31 | EPOCH, USE_CURRENT_TIMESTAMP or an ISO 8601 time with zone: 2026-01-31T12:00:00Z",
                "filesModificationTime | EPOCH      | EPOCH_PLUS_SECOND or an ISO 8601 time with zone: 2026-01-31T12:00:00Z",
            })
    void aBadOptionIsNamedWithItsValueAndTheRightForm(String option, String value, String right) {
        Problem problem = catchThrowableOfType(Problem.class, () -> values(Map.of(option, value)));
        assertThat(problem.text())
                .isEqualTo(
                        "'" + value + "' is not a value for ecs.container." + option + ".\nNext: write " + right + ".");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"linux", "linux/", "/amd64", "linux/arm/v7", "linux/xarm64/v8", "linux/amd64/v2/x"})
    void aBadPlatformIsNamedWithTheRightForm(String platform) {
        Problem problem = catchThrowableOfType(Problem.class, () -> platforms(platform));
        assertThat(problem.text())
                .isEqualTo("'" + platform + "' is not a value for ecs.from.platforms.\n"
                        + "Next: write os/architecture, comma separated when several, for example linux/amd64 or"
                        + " linux/amd64,linux/arm64.");
    }

    @Test
    void noPlatformIsRefused() {
        Problem problem = catchThrowableOfType(Problem.class, () -> platforms());
        assertThat(problem.what()).isEqualTo("'' is not a value for ecs.from.platforms.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "linux/amd64                | linux/amd64",
                "linux/arm64/v8             | linux/arm64",
                "linux/arm64 linux/amd64    | linux/arm64 linux/amd64",
                "linux/arm64/v8 linux/arm64 | linux/arm64",
                "windows/amd64 linux/s390x  | windows/amd64 linux/s390x",
            })
    void goodPlatformsKeepTheirOrderAndStandOnce(String texts, String names) {
        assertThat(Platforms.names(platforms(texts.split(" ")).platforms())).containsExactly(names.split(" "));
    }

    @Test
    void goodOptions() {
        ContainerValues values = values(Map.of(
                "ports", "8080,53/udp,9000-9002",
                "volumes", "/data,/logs",
                "workingDirectory", "/work",
                "appRoot", "/srv",
                "format", "oci",
                "creationTime", "2026-01-31T12:00:00+01:00",
                "filesModificationTime", "2026-01-31T12:00:00Z"));
        assertThat(values.ports())
                .containsExactly(Port.tcp(8080), Port.udp(53), Port.tcp(9000), Port.tcp(9001), Port.tcp(9002));
        assertThat(values.tcpPorts()).containsExactly(8080, 9000, 9001, 9002);
        assertThat(values.volumes()).hasToString("[/data, /logs]");
        assertThat(values.workingDirectory()).hasToString("Optional[/work]");
        assertThat(values.appRoot("/app")).hasToString("/srv");
        assertThat(values.format()).isEqualTo(ImageFormat.OCI);
        assertThat(values.created()).isEqualTo("2026-01-31T11:00:00Z");
        assertThat(values.modified()).isEqualTo("2026-01-31T12:00:00Z");
    }

    @Test
    void defaultsAreReproducible() {
        ContainerValues values = values(Map.of());
        assertThat(values.created()).isEqualTo(Instant.EPOCH);
        assertThat(values.modified()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(values.format()).isEqualTo(ImageFormat.Docker);
        assertThat(values.appRoot("/app")).hasToString("/app");
        assertThat(values(Map.of("creationTime", "USE_CURRENT_TIMESTAMP")).created())
                .isEqualTo(NOW);
    }

    private static ImageRequest request(Requests.Options options) {
        return Requests.request(Path.of("nowhere"), "orders", "none", options);
    }

    private static ContainerValues values(Map<String, String> options) {
        return ContainerValues.of(request(Requests.Options.of(options)), () -> NOW);
    }

    private static ContainerValues platforms(String... platforms) {
        return ContainerValues.of(request(Requests.Options.GOOD.on(platforms)), () -> NOW);
    }
}
