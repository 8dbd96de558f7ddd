package io.github.ecsmaven.lifecycle;

import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/** Skips Failsafe's tests in a module without a temporary container; they would find nothing to talk to. */
final class IntegrationTests {
    private static final String SKIP = "skipITs";

    private final Properties given;

    /** @param given see {@link PluginSettings#given} */
    IntegrationTests(Properties given) {
        this.given = given;
    }

    /** A {@code skipITs} of the user's own, also {@code false}, stays. */
    void skipWithoutContainer(MavenProject project, Plugin plugin) {
        Properties properties = project.getProperties();
        boolean decided = given.containsKey(SKIP) || properties.containsKey(SKIP);
        if (!decided && isOff(new PluginSettings(plugin, given, properties))) {
            properties.setProperty(SKIP, "true");
        }
    }

    static boolean isOff(PluginSettings settings) {
        return settings.on("testSkip", "ecs.test.skip");
    }
}
