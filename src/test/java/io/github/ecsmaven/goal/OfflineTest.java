package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.ecsmaven.Problem;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maven's {@code -o}: an AWS on this machine is asked all the same, any other is refused before it is called. */
@MojoTest
class OfflineTest {
    private static final String POM = "<project><build><plugins><plugin><groupId>io.github.ecsmaven</groupId>"
            + "<artifactId>ecs-maven-plugin</artifactId></plugin></plugins></build></project>";

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "http://127.0.0.1:4566, '',",
        "http://localhost:4566, '',",
        "http://[::1]:4566, '',",
        "'', http://127.0.0.1:4566,",
        "http://127.0.0.1:4566, http://10.0.0.7:4566,",
        "http://10.0.0.7:4566, '', AWS at http://10.0.0.7:4566",
        "https://127.0.0.1.example:4566, '', AWS at https://127.0.0.1.example:4566",
        "http://10.0.0.7:4566, http://127.0.0.1:4566, AWS at http://10.0.0.7:4566",
        "'', http://10.0.0.7:4566, AWS at http://10.0.0.7:4566",
        "'', '', AWS"
    })
    void farAwayIsWhatIsNotOnThisMachine(String endpoint, String environment, String away) {
        assertThat(AwsMojo.farAway(OptionText.text(endpoint).map(URI::create), Map.of("AWS_ENDPOINT_URL", environment)))
                .isEqualTo(Optional.ofNullable(away));
    }

    @Test
    @InjectMojo(goal = "rollback", pom = POM)
    void anEndpointElsewhereIsRefusedOffline(RollbackMojo mojo) {
        offline(mojo, "http://10.0.0.7:4566");

        assertThat(catchThrowableOfType(Problem.class, mojo::aws).text()).isEqualTo("""
                Maven works offline, and AWS at http://10.0.0.7:4566 needs the network.
                Next: run Maven without -o (--offline) (an endpoint on this machine, -Decs.endpoint=http://127.0.0.1:4566, works offline too).""");
    }

    @Test
    @InjectMojo(goal = "rollback", pom = POM)
    void anEndpointOnThisMachineIsTakenOffline(RollbackMojo mojo) throws Exception {
        offline(mojo, "http://127.0.0.1:4566");

        assertThat(mojo.aws().endpoint()).contains(URI.create("http://127.0.0.1:4566"));
    }

    @SuppressWarnings("deprecation")
    private static void offline(RollbackMojo mojo, String endpoint) {
        mojo.endpoint = endpoint;
        mojo.session = new MavenSession(null, null, new DefaultMavenExecutionRequest().setOffline(true), null);
    }
}
