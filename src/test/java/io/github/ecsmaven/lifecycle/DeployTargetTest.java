package io.github.ecsmaven.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployTargetTest {
    @ParameterizedTest(name = "command line {0}, POM {1}, repository {2}: {3}")
    @CsvSource({
        ",, false, true",
        ",, true,",
        "maven.deploy.skip,, false,",
        ", maven.deploy.skip, false, given",
        "altDeploymentRepository,, false,",
        ", altReleaseDeploymentRepository, false,",
        ", altSnapshotDeploymentRepository, false,"
    })
    void skipWhenNowhereDecidesOnlyForWhoHasNotDecided(
            String commandLine, String pom, boolean repository, String expected) throws Exception {
        MavenProject project = BindGoalsTest.project("", "");
        project.setArtifact(
                new DefaultArtifact("shop", "orders", "1", null, "jar", null, new DefaultArtifactHandler("jar")));
        if (repository) {
            project.setReleaseArtifactRepository(new MavenArtifactRepository());
        }
        set(project.getProperties(), pom);
        Properties user = new Properties();
        set(user, commandLine);

        new DeployTarget(user).skipWhenNowhere(project);

        assertThat(project.getProperties().getProperty("maven.deploy.skip")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "<configuration><altDeploymentRepository>a</altDeploymentRepository></configuration>,",
        "<configuration><skip>false</skip></configuration>,",
        "<executions><execution><configuration><skip>false</skip></configuration></execution></executions>,",
        "<configuration><deployAtEnd>true</deployAtEnd></configuration>, true"
    })
    void skipWhenNowhereReadsTheDeployPluginsConfiguration(String inside, String expected) throws Exception {
        MavenProject project = BindGoalsTest.project(
                "<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-deploy-plugin</artifactId>"
                        + inside + "</plugin>",
                "");
        project.setArtifact(
                new DefaultArtifact("shop", "orders", "1", null, "jar", null, new DefaultArtifactHandler("jar")));

        new DeployTarget(new Properties()).skipWhenNowhere(project);

        assertThat(project.getProperties().getProperty("maven.deploy.skip")).isEqualTo(expected);
    }

    private static void set(Properties properties, String name) {
        if (name != null) {
            properties.setProperty(name, "given");
        }
    }
}
