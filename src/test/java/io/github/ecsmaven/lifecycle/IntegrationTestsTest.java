package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrationTestsTest {
    @ParameterizedTest(name = "configuration {0}, command line {1}, own skipITs {2}: {3}")
    @CsvSource({",,,", ", true,, true", ", '',, true", "true,,, true", ", true, false, false", ", false,,"})
    void skipWithoutContainerWhenSkippedKeepsTheUsersOwnWord(
            String configured, String given, String own, String expected) throws Exception {
        String configuration =
                configured == null ? "" : "<configuration><testSkip>" + configured + "</testSkip></configuration>";
        MavenProject project = BindGoalsTest.project(
                "<plugin><groupId>io.github.ecsmaven</groupId><artifactId>ecs-maven-plugin</artifactId>" + configuration
                        + "</plugin>",
                "");
        Properties user = new Properties();
        if (given != null) {
            user.setProperty("ecs.test.skip", given);
        }
        if (own != null) {
            project.getProperties().setProperty("skipITs", own);
        }
        Plugin plugin = project.getPlugin(EcsLifecycle.PLUGIN);

        new IntegrationTests(user).skipWithoutContainer(project, plugin);

        assertThat(project.getProperties().getProperty("skipITs")).isEqualTo(expected);
    }
}
