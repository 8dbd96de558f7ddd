package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.HistoryOptions;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * How a build is recorded, as the top project says, or the first module that uses the plugin.
 *
 * @param on {@code ecs.report}
 * @param pageRows {@code ecs.report.builds}
 * @param github {@code ecs.report.github}: summary and annotations in GitHub Actions
 */
record RecordSettings(boolean on, Optional<String> pageRows, boolean github, HistoryOptions history) {
    /** @param warning is told of a switch that is neither true nor false; it counts as on, since nobody misses a record in time */
    static RecordSettings of(MavenSession session, Consumer<String> warning) {
        MavenProject top = session.getTopLevelProject();
        MavenProject user = Stream.concat(Stream.of(top), session.getProjects().stream())
                .filter(project -> project.getPlugin(EcsLifecycle.PLUGIN) != null)
                .findFirst()
                .orElse(top);
        Plugin plugin = user.getPlugin(EcsLifecycle.PLUGIN);
        PluginSettings settings = PluginSettings.of(plugin == null ? new Plugin() : plugin, user, session);
        return new RecordSettings(
                isOn(settings, "report", "ecs.report", warning),
                settings.text("reportBuilds", "ecs.report.builds").filter(value -> !value.isBlank()),
                isOn(settings, "reportGithub", "ecs.report.github", warning),
                new HistoryOptions(
                        given(settings, "history"),
                        given(settings, "region"),
                        given(settings, "profile"),
                        given(settings, "roleArn"),
                        given(settings, "endpoint"),
                        settings.on("sandbox", "ecs.sandbox"),
                        session.isOffline()));
    }

    /** Unless it is switched off. */
    private static boolean isOn(PluginSettings settings, String parameter, String property, Consumer<String> warning) {
        String value = settings.text(parameter, property).orElse("");
        return ResumeSettings.isOn(value).orElseGet(() -> {
            warning.accept("'" + value + "' is neither true nor false (" + property
                    + "); it counts as true.\nNext: write " + property + "=false, or leave it out.");
            return true;
        });
    }

    private static Optional<String> given(PluginSettings settings, String name) {
        return settings.text(name, "ecs." + name).filter(value -> !value.isEmpty());
    }
}
