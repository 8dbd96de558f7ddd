package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.CalledGoals;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/** How far a Maven call goes, and in which modules it makes an image. */
final class BuildPlan {
    private static final Set<String> PACKAGINGS = Set.of("jar", "war");
    private static final Set<String> REACH_TESTS =
            Set.of("integration-test", "post-integration-test", "verify", "install", "deploy");

    /** A goal of this plugin as it is written in a call, with its prefix or the plugin's coordinates. */
    private static final Pattern OWN_GOAL =
            Pattern.compile("(?:ecs|io\\.github\\.ecsmaven:ecs-maven-plugin(?::[^:]+)?):([a-z-]+)(?:@.*)?");

    /** Goals that look at builds and are no part of one. */
    private static final Set<String> TELL = Set.of("report", "ci", "help");

    private final List<String> goals;

    /** @param goals what Maven was called to do */
    BuildPlan(List<String> goals) {
        this.goals = List.copyOf(goals);
    }

    static BuildPlan of(MavenSession session) {
        return new BuildPlan(CalledGoals.of(session));
    }

    /** The plugin of a jar or war module that is not skipped. */
    static Optional<Plugin> imagePlugin(MavenProject project, MavenSession session) {
        return Optional.ofNullable(project.getPlugin(EcsLifecycle.PLUGIN))
                .filter(plugin -> PACKAGINGS.contains(project.getPackaging()))
                .filter(plugin -> !PluginSettings.of(plugin, project, session).on("skip", "ecs.skip"));
    }

    /** The plugin of a module of any packaging in which a bucket is set; of a parent of modules it is theirs. */
    static Optional<Plugin> uploadPlugin(MavenProject project, MavenSession session) {
        return Optional.ofNullable(project.getPlugin(EcsLifecycle.PLUGIN))
                .filter(plugin ->
                        project.getModules() == null || project.getModules().isEmpty())
                .filter(plugin -> {
                    PluginSettings settings = PluginSettings.of(plugin, project, session);
                    return !settings.on("skip", "ecs.skip")
                            && settings.text("uploadBucket", "ecs.upload.bucket")
                                    .filter(bucket -> !bucket.isEmpty())
                                    .isPresent();
                });
    }

    boolean reachesTests() {
        return goals.stream().anyMatch(REACH_TESTS::contains);
    }

    boolean deploys() {
        return goals.contains("deploy");
    }

    boolean onlyTells() {
        return !goals.isEmpty()
                && goals.stream().map(OWN_GOAL::matcher).allMatch(own -> own.matches() && TELL.contains(own.group(1)));
    }

    /**
     * The stages that the summary of a broken build tells of, run or not: all up to the phase that was called, or those of the
     * goals that were called by hand. None for a call that wants no image, such as {@code mvn test} or {@code mvn ecs:help}.
     */
    Set<Stage> stages() {
        if (reachesTests()) {
            return EnumSet.range(Stage.COMPILE, deploys() ? Stage.ROLLOUT : Stage.INTEGRATION_TESTS);
        }
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        for (String goal : goals) {
            Matcher own = OWN_GOAL.matcher(goal);
            if (own.matches()) {
                Stage.ofOwn(own.group(1)).ifPresent(stages::add);
            }
        }
        return stages;
    }
}
