package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginSettingsTest {
    @ParameterizedTest(name = "configuration {0}, command line {1}, POM {2}: {3}")
    @CsvSource({
        ",,, false",
        "true,,, true",
        ", true,, true",
        ",, true, true",
        ",, '', true",
        ", false, true, false",
        "false, true,, false",
        "'', true,, true"
    })
    void onWhenSetInSeveralPlacesTakesMavensOrder(String element, String commandLine, String pom, boolean expected) {
        assertThat(new PluginSettings(plugin(element), properties(commandLine), properties(pom)).on("skip", "ecs.skip"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "MAVEN_OPTS {0}, command line {1}, POM {2}: {3}")
    @CsvSource({"true,, false, true", "true, false,, false", ",, true, true"})
    void onWhenTheJvmWasGivenItGoesBeforeThePom(String jvm, String commandLine, String pom, boolean expected) {
        MavenExecutionRequest request = new DefaultMavenExecutionRequest()
                .setSystemProperties(properties(jvm))
                .setUserProperties(properties(commandLine));
        MavenProject project = new MavenProject();
        project.getProperties().putAll(properties(pom));

        assertThat(PluginSettings.of(plugin(null), project, session(request)).on("skip", "ecs.skip"))
                .isEqualTo(expected);
    }

    @SuppressWarnings("deprecation") // Maven 3 has no other constructor that takes a request.
    private static MavenSession session(MavenExecutionRequest request) {
        return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
    }

    @ParameterizedTest
    @CsvSource({
        "verify, true, false",
        "deploy, true, true",
        "install, true, false",
        "test, false, false",
        "package, false, false",
        "pre-integration-test, false, false",
        "ecs:push, false, false"
    })
    void reachesTestsWhenAPhaseIsCalled(String goal, boolean tests, boolean deploys) {
        BuildPlan plan = new BuildPlan(List.of("clean", goal));

        assertThat(plan.reachesTests()).isEqualTo(tests);
        assertThat(plan.deploys()).isEqualTo(deploys);
    }

    private static Plugin plugin(String skip) {
        Plugin plugin = new Plugin();
        if (skip != null) {
            Xpp3Dom configuration = new Xpp3Dom("configuration");
            Xpp3Dom element = new Xpp3Dom("skip");
            element.setValue(skip.isEmpty() ? null : skip);
            configuration.addChild(element);
            plugin.setConfiguration(configuration);
        }
        return plugin;
    }

    private static Properties properties(String skip) {
        Properties properties = new Properties();
        if (skip != null) {
            properties.setProperty("ecs.skip", skip);
        }
        return properties;
    }
}
