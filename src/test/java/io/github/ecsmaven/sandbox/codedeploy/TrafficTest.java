package io.github.ecsmaven.sandbox.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    @ParameterizedTest
    @CsvSource({
        "CodeDeployDefault.ECSAllAtOnce, 0, 100",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes, 0, 10",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes, 59, 10",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes, 60, 20",
        "CodeDeployDefault.ECSLinear10PercentEvery3Minutes, 180, 20",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes, 540, 100",
        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes, 9999, 100",
        "CodeDeployDefault.ECSCanary10Percent5Minutes, 299, 10",
        "CodeDeployDefault.ECSCanary10Percent5Minutes, 300, 100",
        "CodeDeployDefault.ECSCanary10Percent15Minutes, 300, 10"
    })
    void percentFollowsTheConfiguration(String config, long seconds, double percent) {
        assertThat(Traffic.isKnown(config)).isTrue();
        assertThat(Traffic.percent(config, seconds * 1_000)).isEqualTo(percent);
    }

    @Test
    void isKnownWhenItIsForInstancesIsFalse() {
        assertThat(Traffic.isKnown("CodeDeployDefault.OneAtATime")).isFalse();
    }
}
