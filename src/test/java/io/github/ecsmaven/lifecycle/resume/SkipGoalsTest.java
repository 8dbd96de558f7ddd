package io.github.ecsmaven.lifecycle.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkipGoalsTest {
    private static final Set<String> PACKAGED = Phases.called(List.of("package"));
    private static final Set<String> ALL = Phases.called(List.of("verify"));

    /** A goal, its phase, and after which call it need not run: one of package, one of verify. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "maven-compiler-plugin:compile, compile, true, true",
        "maven-surefire-plugin:test, test, true, true",
        "spring-boot-maven-plugin:repackage, package, true, true",
        "maven-failsafe-plugin:integration-test, integration-test, false, true",
        "maven-failsafe-plugin:verify, verify, false, true",
        "maven-install-plugin:install, install, false, false",
        "maven-deploy-plugin:deploy, deploy, false, false",
        "mine:own, my-phase, false, false",
        // What only this call knows.
        "maven-enforcer-plugin:enforce, validate, false, false",
        "jacoco-maven-plugin:prepare-agent, initialize, false, false",
        "jacoco-maven-plugin:prepare-agent, process-test-classes, false, false",
        "jacoco-maven-plugin:report, verify, false, true",
        "flatten-maven-plugin:flatten, process-resources, false, false",
        "build-helper-maven-plugin:add-source, generate-sources, false, false",
        "build-helper-maven-plugin:attach-artifact, package, true, true",
        "maven-dependency-plugin:properties, process-sources, false, false",
        "maven-dependency-plugin:copy, process-sources, true, true",
        "git-commit-id-maven-plugin:revision, generate-resources, false, false",
        // It would delete what is gone on from.
        "maven-clean-plugin:clean, initialize, true, true",
        "maven-clean-plugin:clean, clean, false, false",
        // Ours: what belongs to the tests runs as often as they do, wherever it is bound.
        "ecs-maven-plugin:validate, process-classes, false, false",
        "ecs-maven-plugin:preflight, process-classes, false, false",
        "ecs-maven-plugin:image, package, false, true",
        "ecs-maven-plugin:prebuild, process-test-classes, false, true",
        "ecs-maven-plugin:start, pre-integration-test, false, true",
        "ecs-maven-plugin:stop, post-integration-test, false, true",
        "ecs-maven-plugin:push, verify, false, false",
        "ecs-maven-plugin:redeploy, deploy, false, false",
        "ecs-maven-plugin:upload, deploy, false, false",
    })
    void isSkippedWhenItsPhaseIsDone(String goal, String phase, boolean packaged, boolean tested) {
        String[] parts = goal.split(":");

        assertThat(SkipGoals.isSkipped(parts[0], parts[1], phase, Set.of())).isFalse();
        assertThat(SkipGoals.isSkipped(parts[0], parts[1], phase, PACKAGED)).isEqualTo(packaged);
        assertThat(SkipGoals.isSkipped(parts[0], parts[1], phase, ALL)).isEqualTo(tested);
    }

    @Test
    void runWhenAnExecutionHasGoalsOfSeveralPhasesTakesOutTheDoneOnes() {
        MavenProject project = project("jacoco-maven-plugin", "check", "prepare-agent", "report");
        Plugin plugin = project.getBuildPlugins().get(0);

        List<String> skipped = SkipGoals.run(
                project, List.of(goal(plugin, "prepare-agent", "initialize"), goal(plugin, "report", "verify")), ALL);

        assertThat(skipped).containsExactly("jacoco-maven-plugin:report@mine");
        PluginExecution execution = plugin.getExecutionsAsMap().get("mine");
        assertThat(execution.getGoals()).containsExactly("check", "prepare-agent");
        assertThat(execution.getPhase()).isNull();
    }

    @Test
    void runWhenNoGoalIsLeftUnbindsTheExecution() {
        MavenProject project = project("maven-failsafe-plugin", "integration-test", "verify");
        Plugin plugin = project.getBuildPlugins().get(0);

        SkipGoals.run(
                project,
                List.of(goal(plugin, "integration-test", "integration-test"), goal(plugin, "verify", "verify")),
                ALL);

        assertThat(plugin.getExecutionsAsMap().get("mine").getPhase()).isEqualTo("none");
    }

    /** The file is in the image, and holds the time at which it was written. */
    @Test
    void runWhenGitPropertiesAreWrittenKeepsTheFile() {
        MavenProject project = project("git-commit-id-maven-plugin", "revision");
        Plugin plugin = project.getBuildPlugins().get(0);

        SkipGoals.run(project, List.of(goal(plugin, "revision", "initialize")), PACKAGED);

        PluginExecution execution = plugin.getExecutionsAsMap().get("mine");
        assertThat(execution.getPhase()).isNull();
        assertThat(((Xpp3Dom) execution.getConfiguration())
                        .getChild("generateGitPropertiesFile")
                        .getValue())
                .isEqualTo("false");
    }

    private static MojoExecution goal(Plugin plugin, String goal, String phase) {
        MojoExecution execution = new MojoExecution(plugin, goal, "mine");
        execution.setLifecyclePhase(phase);
        return execution;
    }

    private static MavenProject project(String artifactId, String... goals) {
        PluginExecution execution = new PluginExecution();
        execution.setId("mine");
        List.of(goals).forEach(execution::addGoal);
        Plugin plugin = new Plugin();
        plugin.setArtifactId(artifactId);
        plugin.addExecution(execution);
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }
}
