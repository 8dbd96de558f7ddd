package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.ServiceNames;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Adds the executions that a module lacks: ours, and Failsafe's two. What the user has bound himself stays as it is. */
final class BindGoals {
    private static final String FAILSAFE = "org.apache.maven.plugins:maven-failsafe-plugin";
    private static final String FAILSAFE_VERSION = "3.5.4";
    private static final List<Map.Entry<String, String>> OURS = List.of(
            Map.entry("image", "pre-integration-test"),
            Map.entry("start", "pre-integration-test"),
            Map.entry("stop", "post-integration-test"),
            Map.entry("push", "deploy"),
            Map.entry("redeploy", "deploy"));
    private static final List<Map.Entry<String, String>> TESTS =
            List.of(Map.entry("integration-test", "integration-test"), Map.entry("verify", "verify"));

    private BindGoals() {}

    /** Lets AWS be looked at before the build; only for one that deploys. */
    static void bindPreflight(Plugin plugin, String phase) {
        add(plugin, List.of(Map.entry("preflight", phase)));
    }

    /**
     * Lets the values be read before the build; only for one that comes to the goals which are given them.
     *
     * @param again true to read them once more when the classes are compiled: only they tell a service from a library, which
     *     needs none of the files that are named in its parent's pom
     */
    static void bindValidate(Plugin plugin, boolean again) {
        add(plugin, List.of(Map.entry("validate", "validate")));
        if (again) {
            PluginExecution second = execution("validate", "process-classes", plugin.getConfiguration());
            second.setId("ecs-validate-service");
            plugin.addExecution(second);
            plugin.flushExecutionMap();
        }
    }

    /**
     * Lets the image be begun before it is wanted, with the settings of the execution that wants it; only for a build that
     * comes so far.
     */
    static void bindPrebuild(Plugin plugin) {
        plugin.getExecutions().stream()
                .filter(BindGoals::isLive)
                .filter(execution -> execution.getGoals().contains("image"))
                .findFirst()
                .ifPresent(image ->
                        add(plugin, List.of(Map.entry("prebuild", "process-test-classes")), image.getConfiguration()));
    }

    /** Lets a front end go to its bucket; after a rollout of the same module. */
    static void bindUpload(Plugin plugin) {
        add(plugin, List.of(Map.entry("upload", "deploy")));
    }

    /** @param given see {@link PluginSettings#given} */
    static void bind(MavenProject project, Plugin plugin, Properties given) {
        add(plugin, OURS);
        Plugin failsafe = failsafe(project);
        add(failsafe, TESTS);
        List<String> addresses = addresses(services(project, plugin, given));
        failsafe.getExecutions().stream()
                .filter(execution -> execution.getGoals().contains("integration-test"))
                .forEach(execution -> handOver(execution, addresses));
        project.getModel().getBuild().flushPluginMap();
    }

    /** With the plugin's own configuration. */
    private static void add(Plugin plugin, List<Map.Entry<String, String>> goals) {
        add(plugin, goals, plugin.getConfiguration());
    }

    /** Adds one execution for each goal that no execution with a live phase has. */
    private static void add(Plugin plugin, List<Map.Entry<String, String>> goals, @Nullable Object settings) {
        Set<String> bound = plugin.getExecutions().stream()
                .filter(BindGoals::isLive)
                .flatMap(execution -> execution.getGoals().stream())
                .collect(Collectors.toSet());
        for (Map.Entry<String, String> goal : goals) {
            if (!bound.contains(goal.getKey())) {
                plugin.addExecution(execution(goal.getKey(), goal.getValue(), settings));
            }
        }
        plugin.flushExecutionMap();
    }

    private static boolean isLive(PluginExecution execution) {
        String phase = execution.getPhase();
        return phase == null || !phase.isBlank() && !phase.equals("none");
    }

    private static PluginExecution execution(String goal, String phase, @Nullable Object settings) {
        PluginExecution execution = new PluginExecution();
        execution.setId("ecs-" + goal);
        execution.setPhase(phase);
        execution.addGoal(goal);
        // Maven has merged the plugin's configuration into its executions before this one came.
        if (settings instanceof Xpp3Dom configuration) {
            execution.setConfiguration(new Xpp3Dom(configuration));
        }
        return execution;
    }

    private static Plugin failsafe(MavenProject project) {
        Plugin own = project.getPlugin(FAILSAFE);
        if (own != null) {
            return own;
        }
        Plugin managed = project.getPluginManagement() == null
                ? null
                : project.getPluginManagement().getPluginsAsMap().get(FAILSAFE);
        Plugin plugin = managed == null ? new Plugin() : managed.clone();
        plugin.setGroupId("org.apache.maven.plugins");
        plugin.setArtifactId("maven-failsafe-plugin");
        if (plugin.getVersion() == null) {
            plugin.setVersion(FAILSAFE_VERSION);
        }
        project.getBuild().addPlugin(plugin);
        return plugin;
    }

    /** The names of the services beside the container, whose addresses the tests get too. */
    private static List<String> services(MavenProject project, Plugin plugin, Properties given) {
        return plugin.getExecutions().stream()
                .filter(execution -> execution.getGoals().contains("start"))
                .map(execution -> new PluginSettings(execution, given, project.getProperties()))
                .flatMap(settings -> settings.services().stream())
                .distinct()
                .toList();
    }

    private static List<String> addresses(List<String> services) {
        return Stream.concat(Stream.of("ecs."), services.stream().map(name -> ServiceNames.HANDED_OVER + name + "."))
                .flatMap(prefix -> Stream.of(prefix + "url", prefix + "host", prefix + "port"))
                .toList();
    }

    /** A project property does not reach Failsafe's fork by itself; the user's own variables stay. */
    private static void handOver(PluginExecution execution, List<String> names) {
        Xpp3Dom configuration =
                execution.getConfiguration() instanceof Xpp3Dom given ? given : new Xpp3Dom("configuration");
        Xpp3Dom variables = configuration.getChild("systemPropertyVariables");
        if (variables == null) {
            variables = new Xpp3Dom("systemPropertyVariables");
            configuration.addChild(variables);
        }
        for (String name : names) {
            if (variables.getChild(name) == null) {
                Xpp3Dom variable = new Xpp3Dom(name);
                variable.setValue("${" + name + "}");
                variables.addChild(variable);
            }
        }
        execution.setConfiguration(configuration);
    }
}
