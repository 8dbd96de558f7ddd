package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.EarlySandbox;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Has the sandbox start while the jar is packaged, in a build that is going to deploy to it: the push need not wait then. */
final class SandboxAhead {
    private static final Set<String> PACKAGE = Set.of("prepare-package", "package");

    private final MavenSession session;
    private final BuildPlan plan;

    SandboxAhead(MavenSession session) {
        this.session = session;
        this.plan = BuildPlan.of(session);
    }

    /** @param phase of the goal that is about to run; null when it was called on the command line */
    void beforeGoalOf(MavenProject project, @Nullable String phase) {
        if (phase != null && PACKAGE.contains(phase) && plan.deploys()) {
            BuildPlan.imagePlugin(project, session).ifPresent(plugin -> begin(project, plugin));
        }
    }

    private void begin(MavenProject project, Plugin plugin) {
        PluginSettings settings = PluginSettings.of(plugin, project, session);
        if (settings.on("sandbox", "ecs.sandbox")) {
            Optional<String> home = settings.text("sandboxHome", "ecs.sandbox.home");
            String port = settings.text("sandboxPort", "ecs.sandbox.port").orElse("4747");
            EarlySandbox.begin(session, project, home, port);
        }
    }
}
