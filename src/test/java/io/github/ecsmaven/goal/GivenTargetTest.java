package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenTargetTest {
    private final Properties given = new Properties();

    @ParameterizedTest
    @CsvSource({"production, production", "' production ', production", ", uat", "'', uat", ","})
    void requireWhenTheGoalHasWhatIsGivenOrNothingIsGivenPasses(String said, String value) {
        if (said != null) {
            given.setProperty("ecs.cluster", said);
        }

        assertThatCode(() -> new GivenTarget(given).require("ecs.cluster", value))
                .doesNotThrowAnyException();
    }

    @Test
    void requireWhenTheConfigurationSaysOtherwiseSaysWhatToDo() {
        given.setProperty("ecs.cluster", "production");

        assertThatThrownBy(() -> new GivenTarget(given).require("ecs.cluster", "uat"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo(
                                "-Decs.cluster=production has no effect: <cluster> in the plugin's <configuration> goes before it,"
                                        + " and says 'uat'.\nNext: write <ecs.cluster>uat</ecs.cluster> into the pom's properties"
                                        + " instead, over which the command line wins."));
    }

    @Test
    void requireOfSeveralServicesComparesAllOfThem() {
        given.setProperty("ecs.service", "orders, worker");
        GivenTarget target = new GivenTarget(given);

        assertThatCode(() -> target.require("ecs.service", List.of("orders", "worker")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> target.require("ecs.service", List.of("orders")))
                .hasMessageStartingWith("-Decs.service=orders, worker has no effect");
    }
}
