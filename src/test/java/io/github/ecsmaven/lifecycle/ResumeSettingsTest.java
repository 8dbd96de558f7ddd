package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.lifecycle.resume.LeftOut;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeSettingsTest {
    @ParameterizedTest
    @CsvSource({"'', true", "true, true", "' True ', true", "false, false", "yes, ", "1, "})
    void isOnWhenTheTextIsNoSwitchIsEmpty(String text, Boolean on) {
        assertThat(ResumeSettings.isOn(text).orElse(null)).isEqualTo(on);
    }

    static Stream<Arguments> leftOut() {
        Set<Stage> none = EnumSet.noneOf(Stage.class);
        return Stream.of(
                Arguments.of("", false, none, none, ""),
                Arguments.of("", false, EnumSet.of(Stage.UNIT_TESTS), none, "UNIT_TESTS"),
                Arguments.of(
                        "", false, EnumSet.of(Stage.CONTAINER, Stage.INTEGRATION_TESTS), none, "INTEGRATION_TESTS"),
                Arguments.of(
                        "",
                        true,
                        EnumSet.of(Stage.UNIT_TESTS, Stage.INTEGRATION_TESTS),
                        none,
                        "TEST_CLASSES UNIT_TESTS INTEGRATION_TESTS"),
                Arguments.of("test", false, none, none, "UNIT_TESTS"),
                Arguments.of("it.test", false, none, none, "INTEGRATION_TESTS"),
                Arguments.of("groups", false, none, none, "UNIT_TESTS INTEGRATION_TESTS"),
                Arguments.of("excludedGroups", false, none, none, "UNIT_TESTS INTEGRATION_TESTS"),
                Arguments.of("failsafe.excludesFile", false, none, none, "INTEGRATION_TESTS"),
                Arguments.of("spring.profiles.active", false, none, none, ""),
                Arguments.of("", false, none, EnumSet.of(Stage.UNIT_TESTS), "UNIT_TESTS"),
                Arguments.of("", false, none, EnumSet.of(Stage.INTEGRATION_TESTS), "INTEGRATION_TESTS"));
    }

    @ParameterizedTest(name = "-D{0}, not compiled: {1}, skipped: {2}, failed: {3}")
    @MethodSource("leftOut")
    void leftOutOfWhatCountsAsDone(
            String property, boolean notCompiled, Set<Stage> skipped, Set<Stage> failed, String expected) {
        Properties given = new Properties();
        given.setProperty(property, "x");

        Set<LeftOut> leftOut = ResumeSettings.leftOut(given, notCompiled, skipped, failed::contains);

        assertThat(String.join(" ", leftOut.stream().map(LeftOut::name).toList()))
                .isEqualTo(expected);
    }
}
