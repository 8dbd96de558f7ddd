package io.github.ecsmaven.lifecycle.resume;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Takes the goals of phases that are done out of a module's bindings. */
final class SkipGoals {
    private static final String OURS = "ecs-maven-plugin";

    /** They belong to the integration tests, in whatever phase they are bound. */
    private static final Set<String> OF_TESTS = Set.of("image", "prebuild", "start", "stop");

    /** They check, or set what only this call knows: properties, the agent of the tests. */
    private static final Set<String> ALWAYS = Set.of("validate", "initialize");

    private static final Set<String> GIT = Set.of("git-commit-id-plugin", "git-commit-id-maven-plugin");

    /** What they set is a property or the POM of the running call, also where they are bound to a later phase. */
    private static final Set<String> SET_FOR_CALL =
            Set.of("flatten-maven-plugin", "build-helper-maven-plugin", "properties-maven-plugin");

    private static final Set<String> GOALS_FOR_CALL = Set.of(
            "maven-dependency-plugin:properties",
            "jacoco-maven-plugin:prepare-agent",
            "jacoco-maven-plugin:prepare-agent-integration");

    private SkipGoals() {}

    /**
     * @param plugin artifactId of the goal's plugin
     * @param done phases
     */
    static boolean isSkipped(String plugin, String goal, String phase, Set<String> done) {
        if (plugin.equals(OURS)) {
            return OF_TESTS.contains(goal) && Phases.isTested(done);
        }
        if (plugin.equals("maven-clean-plugin")) {
            // Bound to an early phase it would delete what is gone on from.
            return done.contains(phase);
        }
        boolean forCall = ALWAYS.contains(phase)
                || GIT.contains(plugin)
                || SET_FOR_CALL.contains(plugin) && !goal.equals("attach-artifact")
                || GOALS_FOR_CALL.contains(plugin + ":" + goal);
        return !forCall && done.contains(phase);
    }

    /**
     * @param plan what the call would run in the module
     * @return what it won't run now, for the log
     */
    static List<String> run(MavenProject project, List<MojoExecution> plan, Set<String> done) {
        List<String> skipped = new ArrayList<>();
        for (MojoExecution goal : plan) {
            String phase = goal.getLifecyclePhase();
            Plugin plugin = project.getPlugin(goal.getPlugin().getKey());
            if (phase == null || plugin == null) {
                continue;
            }
            PluginExecution execution = plugin.getExecutionsAsMap().get(goal.getExecutionId());
            if (execution == null) {
                continue;
            }
            if (isSkipped(goal.getArtifactId(), goal.getGoal(), Phases.known(phase), done)) {
                remove(execution, goal.getGoal());
                skipped.add(goal.getArtifactId() + ":" + goal.getGoal() + "@" + goal.getExecutionId());
            } else if (GIT.contains(goal.getArtifactId()) && Phases.isCompiled(done)) {
                keepGitProperties(execution);
            }
            plugin.flushExecutionMap();
        }
        project.getModel().getBuild().flushPluginMap();
        return skipped;
    }

    private static void remove(PluginExecution execution, String goal) {
        List<String> rest = new ArrayList<>(execution.getGoals());
        rest.remove(goal);
        if (rest.isEmpty()) {
            execution.setPhase("none");
        } else {
            execution.setGoals(rest);
        }
    }

    /** The file holds the time of its build: written anew it would make another image than the tested one. */
    private static void keepGitProperties(PluginExecution execution) {
        Xpp3Dom configuration = execution.getConfiguration() instanceof Xpp3Dom given
                ? new Xpp3Dom(given)
                : new Xpp3Dom("configuration");
        Xpp3Dom writes = configuration.getChild("generateGitPropertiesFile");
        if (writes == null) {
            writes = new Xpp3Dom("generateGitPropertiesFile");
            configuration.addChild(writes);
        }
        writes.setValue("false");
        execution.setConfiguration(configuration);
    }
}
