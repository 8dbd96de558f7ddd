package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.image.BuildImage;
import java.util.List;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginConfigurationException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Reads the values that the goals of this build are given, in all its modules, before anything is done: one that can't be
 * right is refused in the first second, and not after the tests or the push; one of {@code ecs.notify} is a warning. Asks
 * neither Docker nor AWS. Bound only by a build that goes on to the integration tests.
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class ValidateMojo extends EcsMojo {
    /**
     * Goes on where the calls before this one ended: phases that they completed for the same sources are not run again, and what
     * they made is used, also on another machine that was given {@code target}. Given to each call of a pipeline. Example:
     * {@code mvn verify -Decs.resume}.
     */
    @Parameter(property = "ecs.resume", defaultValue = "false")
    String resume;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Inject
    LifecycleExecutor lifecycle;

    @Inject
    BuildPluginManager plugins;

    @Inject
    MavenPluginManager mojos;

    /** Any packaging: a front end has values too. */
    @Override
    boolean concerns(MavenProject module) {
        return true;
    }

    @Override
    void work() throws Exception {
        BadValues bad = new BadValues(inReactor());
        // An early module would be deployed when a late one's turn comes; in its own turn files count too.
        boolean first = board().first("values read");
        for (MavenProject module : first ? session.getProjects() : List.of(project)) {
            if (module.getPlugin(execution.getPlugin().getKey()) != null) {
                session.setCurrentProject(module);
                try {
                    read(module, bad);
                } finally {
                    session.setCurrentProject(project);
                }
            }
        }
        if (first) {
            // Who is told, and how, is no part of a build's outcome.
            NotifyOptions.of(session).check(value -> NotifyOptions.orWarn(board(), value, getLog()::warn));
        }
        bad.refuse();
    }

    @Override
    void checkValues(boolean deployed, Consumer<Runnable> values) {
        values.accept(() -> OptionText.flag("ecs.resume", resume));
    }

    /** Of the module that is the session's current one, for which Maven fills the parameters. */
    private void read(MavenProject module, BadValues bad) throws Exception {
        boolean deployed = mayGetImage(module)
                && (!inReactor() || BuildImage.hasMainClass(new ProjectContents(module).application()));
        for (MojoExecution other : executions(module)) {
            read(module, other, deployed, value -> bad.read(module.getArtifactId(), value));
        }
    }

    /** Those of this plugin that the phases of the build will come to. */
    private List<MojoExecution> executions(MavenProject module) {
        // Goals called by hand are not read: their plugins need not be looked for.
        String[] phases = CalledGoals.of(session).stream()
                .filter(called -> !called.contains(":"))
                .toArray(String[]::new);
        try {
            return lifecycle.calculateExecutionPlan(session, phases).getMojoExecutions().stream()
                    .filter(other -> other.getSource() == MojoExecution.Source.LIFECYCLE)
                    .filter(other -> other.getPlugin()
                            .getKey()
                            .equals(execution.getPlugin().getKey()))
                    .toList();
        } catch (Exception notYet) {
            // A plugin that another module makes, for example: this module's own turn tells.
            getLog().debug("What " + module.getArtifactId() + " will run isn't known yet: " + notYet);
            return List.of();
        }
    }

    private void read(MavenProject module, MojoExecution other, boolean deployed, Consumer<Runnable> values)
            throws Exception {
        plugins.getPluginRealm(session, other.getMojoDescriptor().getPluginDescriptor());
        try {
            org.apache.maven.plugin.Mojo goal =
                    mojos.getConfiguredMojo(org.apache.maven.plugin.Mojo.class, session, other);
            values.accept(() -> {
                if (goal instanceof EcsMojo ours && !ours.isSkipped() && ours.concerns(module)) {
                    ours.checkValues(deployed, values);
                }
            });
            mojos.releaseMojo(goal, other);
        } catch (PluginConfigurationException unreadable) {
            values.accept(() -> {
                throw unreadable(other, unreadable);
            });
        }
    }

    private static Problem unreadable(MojoExecution other, PluginConfigurationException error) {
        return Problem.ofProject(
                "The configuration of ecs:" + other.getGoal() + " can't be read.",
                String.valueOf(error.getMessage()).lines().toList(),
                "correct the element that is named, in the configuration of the plugin.");
    }
}
