package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GivenTargetTest {
    private final GivenTarget given = new GivenTarget();

    @ParameterizedTest
    @CsvSource({"production, production", "' production ', production", ", uat", "'', uat", ","})
    void requireWhenTheGoalHasWhatIsGivenOrNothingIsGivenPasses(String said, String value) {
        if (said != null) {
            given.addProperties(property("ecs.cluster", said));
        }

        assertThatCode(() -> given.require("ecs.cluster", value)).doesNotThrowAnyException();
    }

    @Test
    void requireWhenTheConfigurationSaysOtherwiseSaysWhatToDo() {
        given.addProperties(property("ecs.cluster", "production"));

        assertThatThrownBy(() -> given.require("ecs.cluster", "uat"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo(
                                "-Decs.cluster=production has no effect: <cluster> in the plugin's <configuration> goes before it,"
                                        + " and says 'uat'.\nNext: write <ecs.cluster>uat</ecs.cluster> into the pom's properties"
                                        + " in its place: the command line and profiles go before those."));
    }

    @Test
    void requireOfAProfileOfTheCommandLineNamesItAndLetsPropertiesGoFirst() {
        given.addProfile(profile("prod"), property("ecs.cluster", "prod"));

        assertThatThrownBy(() -> given.require("ecs.cluster", "uat"))
                .hasMessageStartingWith("<ecs.cluster>prod</ecs.cluster> of the profile 'production' has no effect: ");
        assertThatCode(() -> given.require("ecs.cluster", "prod")).doesNotThrowAnyException();
        given.addProperties(property("ecs.cluster", "other"));
        assertThatCode(() -> given.require("ecs.cluster", "other")).doesNotThrowAnyException();
    }

    /** Or in which an expression is filled. */
    @Test
    void requireInAModuleWhosePropertyGoesBeforeTheProfileOfItsParentPasses() {
        given.addProfile(profile("${stage}"), property("ecs.cluster", "batch"));

        assertThatCode(() -> given.require("ecs.cluster", "batch")).doesNotThrowAnyException();
    }

    @Test
    void requireNamesTheElementAsTheGoalHasIt() {
        given.addProperties(property("ecs.upload.bucket", "shop"));

        assertThatThrownBy(() -> given.require("ecs.upload.bucket", "shop-uat"))
                .hasMessageContaining("<uploadBucket> in the plugin's <configuration>");
    }

    @Test
    void requireOfSeveralServicesComparesAllOfThem() {
        given.addProperties(property("ecs.service", "orders, worker"));

        assertThatCode(() -> given.require("ecs.service", List.of("orders", "worker")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> given.require("ecs.service", List.of("orders")))
                .hasMessageStartingWith("-Decs.service=orders, worker has no effect");
    }

    private static Profile profile(String cluster) {
        Profile profile = new Profile();
        profile.setId("production");
        profile.setProperties(property("ecs.cluster", cluster));
        return profile;
    }

    private static Properties property(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
