package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource({
        "port answers, '', true, true, 100, 0, WELL",
        "port silent, '', true, false, 100, 0, WAITING",
        "port silent for too long, '', true, false, 60000, 0, BAD_PORT",
        "port silent within the grace period, '', true, false, 60000, 90000, WAITING",
        "no port and young, '', false, false, 1000, 0, WAITING",
        "no port and older, '', false, false, 1500, 0, WELL",
        "check not done, starting, true, true, 5000, 0, WAITING",
        "check good, healthy, true, true, 5000, 0, WELL",
        "check good but port silent, healthy, true, false, 5000, 0, WAITING",
        "check bad, unhealthy, true, true, 5000, 0, BAD_CHECK",
        "check bad within the grace period, unhealthy, false, false, 5000, 9000, WAITING"
    })
    void judgeWhenSeenGivesVerdict(
            String label, String check, boolean port, boolean answers, long age, long grace, Health verdict) {
        List<String> checks = check.isEmpty() ? List.of() : List.of(check);
        assertThat(Health.judge(checks, port, answers, age, grace)).as(label).isEqualTo(verdict);
    }
}
