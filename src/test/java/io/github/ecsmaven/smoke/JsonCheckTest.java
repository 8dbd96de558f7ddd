package io.github.ecsmaven.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckTest {
    private static final String HEALTH =
            "{\"status\":\"UP\",\"on\":true,\"none\":null,\"db\":{\"ms\":12,\"unit price\":3.5},\"items\":[{\"n\":\"a=b\"},2]}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "$.status=UP|''",
                " $.status = UP |''",
                "$.status|''",
                "$.on=true|''",
                "$.db.ms=12|''",
                "$['db']['unit price']=3.5|''",
                "$.items[0].n=a=b|''",
                "$.items[1]=2|''",
                "$.items[1]|''",
                "$.db|''",
                "$.status=DOWN|has $.status=UP and not DOWN",
                "$.state=UP|has no $.state",
                "$.none|has no $.none",
                "$.items[2]|has no $.items[2]",
                "$.status=|'has $.status=UP and not '",
            })
    void faultOfAText(String check, String fault) {
        assertThat(JsonCheck.of("ecs.smoke.jsonPath", check).fault(HEALTH).orElse(""))
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "", "{\"status\":"})
    void faultOfWhatIsNoJson(String body) {
        assertThat(JsonCheck.of("ecs.smoke.jsonPath", "$.status=UP").fault(body))
                .hasValueSatisfying(fault -> assertThat(fault).isIn("is no JSON", "has no $.status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=UP", "$", "$..status", "$.items[*]", "$.items[?(@.n)]", "$.a b", "$[-1]"})
    void ofWhatNamesNoValueIsRefused(String check) {
        assertThatThrownBy(() -> JsonCheck.of("ecs.smoke.jsonPath", check))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.what())
                            .isEqualTo("'" + check + "' names no value of a JSON text (ecs.smoke.jsonPath).");
                    assertThat(problem.next()).contains("ecs.smoke.jsonPath=$.");
                });
    }
}
