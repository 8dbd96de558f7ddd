package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentRulesTest {
    @ParameterizedTest(name = "desired {0}: threshold {1}")
    @CsvSource({"0,3", "1,3", "6,3", "7,4", "25,13", "400,200", "1000,200"})
    void thresholdWhenDesiredIsHalfWithinLimits(int desired, int threshold) {
        assertThat(DeploymentRules.threshold(desired)).isEqualTo(threshold);
    }

    @ParameterizedTest(name = "desired {0} at {1}-{2} %: {3} to {4}")
    @CsvSource({"1,100,200,1,2", "3,50,150,2,4", "1,50,150,1,1", "5,0,100,0,5", "0,100,200,0,0"})
    void leastAndMostWhenPercentsRoundUpAndDown(int desired, int min, int max, int least, int most) {
        DeploymentRules rules = new DeploymentRules(min, max, true, true);
        assertThat(rules.least(desired)).isEqualTo(least);
        assertThat(rules.most(desired)).isEqualTo(most);
    }

    @Test
    void ofWhenNothingIsGivenHasDefaults() {
        assertThat(DeploymentRules.of(new ObjectMapper().createObjectNode()))
                .isEqualTo(new DeploymentRules(100, 200, false, false));
    }
}
