package io.github.ecsmaven.goal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Tells whether integration tests will run, by the properties that Surefire and Failsafe know and our own. */
final class SkippedTests {
    private static final List<String> SWITCHES = List.of("ecs.test.skip", "skipITs", "skipTests", "maven.test.skip");

    private SkippedTests() {}

    /**
     * @param sources the strongest first
     * @return the property that skips them; a switch without a value ({@code -DskipTests}) counts
     */
    static Optional<String> by(List<Properties> sources) {
        return SWITCHES.stream().filter(name -> on(name, sources)).findFirst();
    }

    private static boolean on(String name, List<Properties> sources) {
        return sources.stream()
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(value -> value.isEmpty() || Boolean.parseBoolean(value.trim()))
                .orElse(false);
    }
}
