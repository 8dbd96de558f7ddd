package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionTextTest {
    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(" a , b,", List.of("a", "b")),
                Arguments.of("-Da=1\\,2,-Xmx1g", List.of("-Da=1,2", "-Xmx1g")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listWhenWrittenInOneLineGivesTheItems(String text, List<String> expected) {
        assertThat(OptionText.list(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "'', true", "' ', true", "false, false", "False, false"})
    void flagWhenItHasNoValueIsOn(String text, boolean expected) {
        assertThat(OptionText.flag("ecs.wait", text)).isEqualTo(expected);
    }

    @Test
    void flagWhenItIsNeitherSaysWhatWouldBeRight() {
        assertThatThrownBy(() -> OptionText.flag("ecs.wait", "ture"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'ture' is neither true nor false (ecs.wait).\n"
                                + "Next: write -Decs.wait=true or -Decs.wait=false."));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "' 8080', 1", "65535, 1"})
    void portWhenItIsOne(String text, int least) {
        assertThat(OptionText.port("ecs.test.port", text, least)).isEqualTo(Integer.parseInt(text.strip()));
    }

    @ParameterizedTest
    @CsvSource({"abc, 0", "0, 1", "-1, 0", "65536, 0", "99999999999, 0", "80.5, 0", "'', 0"})
    void portWhenItIsNoneSaysWhatWouldBeRight(String text, int least) {
        assertThatThrownBy(() -> OptionText.port("ecs.test.port", text, least))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'" + text + "' is not a port (ecs.test.port).\nNext: write a number from " + least
                                + " to 65535."));
    }

    @Test
    void countWhenItIsTooLargeForAnyIsRefused() {
        assertThat(OptionText.count("ecs.service.desiredCount", "12")).isEqualTo(12);
        assertThatThrownBy(() -> OptionText.count("ecs.service.desiredCount", "4294967298"))
                .isInstanceOf(Problem.class)
                .hasMessage("'4294967298' is not a whole number (ecs.service.desiredCount).");
    }

    static Stream<Arguments> maps() {
        return Stream.of(
                Arguments.of("", Map.of()),
                Arguments.of("A=b,C=d", Map.of("A", "b", "C", "d")),
                Arguments.of("A=b\\,c, D=", Map.of("A", "b,c", "D", "")),
                Arguments.of("URL=jdbc:x?a=b", Map.of("URL", "jdbc:x?a=b")));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void mapWhenWrittenInOneLineGivesTheEntries(String text, Map<String, String> expected) {
        assertThat(OptionText.map("ecs.test.environment", text)).isEqualTo(expected);
    }

    @Test
    void mapWhenAnEntryHasNoValueSaysTheForm() {
        assertThatThrownBy(() -> OptionText.map("ecs.test.environment", "A=b,C"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.text())
                        .isEqualTo("'ecs.test.environment' has an entry without the form NAME=value.\n"
                                + "Next: write -Decs.test.environment=A=b,C=d; a comma inside a value is \\,."));
    }

    @Test
    void readWhenWrittenInSeveralPlacesTheNearerWins() {
        Properties pom = new Properties();
        pom.setProperty("env", "B=line,C=line");
        pom.setProperty("env.C", "own");
        Properties user = new Properties();
        user.setProperty("env.D", "user");

        assertThat(new MapOption(List.of(pom, user)).read("env", Map.of("A", "element", "B", "element")))
                .isEqualTo(Map.of("A", "element", "B", "line", "C", "own", "D", "user"));
    }
}
