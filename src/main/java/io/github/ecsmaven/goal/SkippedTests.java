package io.github.ecsmaven.goal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Tells whether tests will run, by the properties that Surefire and Failsafe know and our own. */
public final class SkippedTests {
    private static final List<String> SWITCHES = List.of("ecs.test.skip", "skipITs", "skipTests", "maven.test.skip");
    private static final List<String> OF_FAILSAFE = SWITCHES.subList(1, 4);
    private static final List<String> OF_SUREFIRE = SWITCHES.subList(2, 4);

    private SkippedTests() {}

    /**
     * @param sources the strongest first
     * @return the property that skips integration tests and their container; a switch without a value ({@code -DskipTests}) counts
     */
    public static Optional<String> by(List<Properties> sources) {
        return SWITCHES.stream().filter(name -> on(name, sources)).findFirst();
    }

    /** Whether Surefire runs none; sources as for {@link #by}. */
    public static boolean areUnitTests(List<Properties> sources) {
        return OF_SUREFIRE.stream().anyMatch(name -> on(name, sources));
    }

    /** Whether Failsafe runs none, with or without a container; sources as for {@link #by}. */
    public static boolean areIntegrationTests(List<Properties> sources) {
        return OF_FAILSAFE.stream().anyMatch(name -> on(name, sources));
    }

    /** Whether tests are not even compiled; sources as for {@link #by}. */
    public static boolean areTestClasses(List<Properties> sources) {
        return on("maven.test.skip", sources);
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
