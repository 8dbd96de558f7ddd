package io.github.ecsmaven.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookStage;

class ReadStrategyTest {
    private static final DeploymentLifecycleHook AFTER_SCALE_UP = DeploymentLifecycleHook.builder()
            .lifecycleStages(DeploymentLifecycleHookStage.POST_SCALE_UP)
            .build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void of(DeploymentConfiguration from, String words, int untilTraffic, int untilComplete) {
        Strategy strategy = ReadStrategy.of(from);
        assertThat(strategy.words()).isEqualTo(words);
        assertThat(strategy.least(WaitFor.traffic)).hasMinutes(untilTraffic);
        assertThat(strategy.least(WaitFor.complete)).hasMinutes(untilComplete);
    }

    static Stream<Arguments> read() {
        return Stream.of(
                arguments(null, "", 0, 0),
                arguments(configuration("ROLLING").bakeTimeInMinutes(5).build(), "", 0, 0),
                arguments(configuration("SOMETHING_NEW").build(), "", 0, 0),
                arguments(configuration("BLUE_GREEN").build(), "blue/green, no bake time", 0, 0),
                arguments(
                        configuration("BLUE_GREEN")
                                .bakeTimeInMinutes(10)
                                .lifecycleHooks(AFTER_SCALE_UP)
                                .build(),
                        "blue/green, bakes 10 min, 1 hook",
                        0,
                        10),
                arguments(
                        configuration("LINEAR").bakeTimeInMinutes(5).build(),
                        "linear 10 % every 6 min, bakes 5 min",
                        54,
                        59),
                arguments(
                        configuration("LINEAR")
                                .bakeTimeInMinutes(0)
                                .linearConfiguration(to -> to.stepPercent(33.3).stepBakeTimeInMinutes(2))
                                .build(),
                        "linear 33.3 % every 2 min, no bake time",
                        6,
                        6),
                arguments(
                        configuration("CANARY")
                                .bakeTimeInMinutes(3)
                                .lifecycleHooks(AFTER_SCALE_UP, AFTER_SCALE_UP)
                                .build(),
                        "canary 5 % for 10 min, bakes 3 min, 2 hooks",
                        10,
                        13));
    }

    @Test
    void hookedWhenAHookNamesTheStage() {
        Strategy strategy = ReadStrategy.of(
                configuration("BLUE_GREEN").lifecycleHooks(AFTER_SCALE_UP).build());
        assertThat(strategy.hooked("POST_SCALE_UP")).isTrue();
        assertThat(strategy.hooked("TEST_TRAFFIC_SHIFT")).isFalse();
    }

    private static DeploymentConfiguration.Builder configuration(String strategy) {
        return DeploymentConfiguration.builder().strategy(strategy);
    }
}
