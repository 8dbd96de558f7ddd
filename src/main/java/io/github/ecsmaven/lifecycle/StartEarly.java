package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.EarlyStart;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Does early what goals would wait for, while Maven itself waits or uses one processor: the keeper starts and Jib's
 * classes are loaded while the unit tests run, the sandbox starts while the jar is packaged. A call that ends before the
 * integration tests does none of it.
 */
final class StartEarly {
    private static final Set<String> PACKAGE = Set.of("prepare-package", "package");

    private final MavenSession session;
    private final BuildPlan plan;

    StartEarly(MavenSession session) {
        this.session = session;
        this.plan = BuildPlan.of(session);
    }

    /** @param phase of the goal that is about to run; null when it was called on the command line */
    void beforeGoalOf(MavenProject project, @Nullable String phase) {
        if (phase != null && plan.reachesTests() && (phase.equals("test") || PACKAGE.contains(phase))) {
            BuildPlan.imagePlugin(project, session).ifPresent(plugin -> start(project, plugin, phase));
        }
    }

    private void start(MavenProject project, Plugin plugin, String phase) {
        if (!IntegrationTests.isOff(PluginSettings.of(plugin, project, session))) {
            EarlyStart.keeper(session, project, ryuk(project, plugin));
        }
        EarlyStart.image(session);
        if (PACKAGE.contains(phase) && plan.deploys()) {
            sandbox(project, plugin);
        }
    }

    private boolean ryuk(MavenProject project, Plugin plugin) {
        return PluginSettings.of(plugin, project, session).on("testRyuk", "ecs.test.ryuk");
    }

    private void sandbox(MavenProject project, Plugin plugin) {
        PluginSettings settings = PluginSettings.of(plugin, project, session);
        if (settings.on("sandbox", "ecs.sandbox")) {
            Optional<String> home = settings.text("sandboxHome", "ecs.sandbox.home");
            String port = settings.text("sandboxPort", "ecs.sandbox.port").orElse("4747");
            EarlyStart.sandbox(session, project, home, port);
        }
    }
}
