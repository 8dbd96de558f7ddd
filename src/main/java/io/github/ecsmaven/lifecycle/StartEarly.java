package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.EarlyStart;
import java.nio.file.Path;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Starts the child processes while Maven does something else: the keeper while the jar is packaged, the sandbox while the
 * integration tests run. A call that ends before these phases starts none.
 */
final class StartEarly {
    private static final Set<String> PACKAGE = Set.of("prepare-package", "package");

    private final MavenSession session;
    private final BuildPlan plan;

    StartEarly(MavenSession session) {
        this.session = session;
        this.plan = new BuildPlan(session.getGoals());
    }

    /** @param phase of the goal that is about to run; null when it was called on the command line */
    void beforeGoalOf(MavenProject project, @Nullable String phase) {
        if (phase == null) {
            return;
        }
        if (PACKAGE.contains(phase) && plan.reachesTests()) {
            BuildPlan.imagePlugin(project, session)
                    .filter(plugin -> !IntegrationTests.isOff(PluginSettings.of(plugin, project, session)))
                    .ifPresent(plugin -> EarlyStart.keeper(session, project, ryuk(project, plugin)));
        } else if (phase.equals("integration-test") && plan.deploys()) {
            BuildPlan.imagePlugin(project, session).ifPresent(plugin -> sandbox(project, plugin));
        }
    }

    private boolean ryuk(MavenProject project, Plugin plugin) {
        return PluginSettings.of(plugin, project, session).on("testRyuk", "ecs.test.ryuk");
    }

    private void sandbox(MavenProject project, Plugin plugin) {
        PluginSettings settings = PluginSettings.of(plugin, project, session);
        if (settings.on("sandbox", "ecs.sandbox")) {
            Path home = settings.text("sandboxHome", "ecs.sandbox.home")
                    .map(project.getBasedir().toPath()::resolve)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ecs-sandbox"));
            String port = settings.text("sandboxPort", "ecs.sandbox.port").orElse("4747");
            EarlyStart.sandbox(session, home, port);
        }
    }
}
