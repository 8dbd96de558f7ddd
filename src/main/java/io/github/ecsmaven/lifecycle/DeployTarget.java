package io.github.ecsmaven.lifecycle;

import java.util.List;
import java.util.Properties;
import org.apache.maven.project.MavenProject;

/** Skips maven-deploy-plugin in a project that has nowhere to deploy its jar to; else {@code mvn deploy} would fail there. */
final class DeployTarget {
    private static final String SKIP = "maven.deploy.skip";
    private static final List<String> SETTINGS = List.of(
            SKIP, "altDeploymentRepository", "altReleaseDeploymentRepository", "altSnapshotDeploymentRepository");

    private final Properties user;

    /** @param user properties of the command line */
    DeployTarget(Properties user) {
        this.user = user;
    }

    void skipWhenNowhere(MavenProject project) {
        Properties properties = project.getProperties();
        boolean decided = SETTINGS.stream().anyMatch(name -> user.containsKey(name) || properties.containsKey(name));
        if (!decided && project.getDistributionManagementArtifactRepository() == null) {
            properties.setProperty(SKIP, "true");
        }
    }
}
