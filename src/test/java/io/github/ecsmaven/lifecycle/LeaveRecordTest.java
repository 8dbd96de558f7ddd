package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.CiBuild;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaveRecordTest {
    private static final CiBuild NO_CI = CiBuild.of(Map.of());
    private static final CiBuild IN_CI = CiBuild.of(Map.of("GITLAB_CI", "true"));

    @ParameterizedTest(name = "{0}: {1}, in a CI {2}")
    @CsvSource({
        "verify, true, true",
        "clean deploy, true, true",
        "ecs:push, true, true",
        "ecs:redeploy, true, true",
        "ecs:rollback, true, true",
        "ecs:upload, true, true",
        "ecs:upload-rollback, true, true",
        "io.github.ecsmaven:ecs-maven-plugin:1.0:push, true, true",
        "package ecs:push, true, true",
        // What a developer does all day is no build of the team's.
        "test, false, true",
        "package, false, true",
        "ecs:preflight, false, true",
        "ecs:image, false, true",
        // Who looks at builds makes none.
        "ecs:report, false, false",
        "ecs:ci, false, false",
        "ecs:help ecs:report, false, false",
        "test ecs:report, false, true",
    })
    void recordIsLeftBy(String goals, boolean alone, boolean inCi) {
        BuildPlan plan = new BuildPlan(List.of(goals.split(" ")));

        assertThat(LeaveRecord.isWorthIt(plan, NO_CI)).isEqualTo(alone);
        assertThat(LeaveRecord.isWorthIt(plan, IN_CI)).isEqualTo(inCi);
    }
}
