package io.github.ecsmaven.lifecycle;

import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** Skips maven-deploy-plugin in a project that has nowhere to deploy its jar to; else {@code mvn deploy} would fail there. */
final class DeployTarget {
    private static final String SKIP = "maven.deploy.skip";
    private static final String PLUGIN = "org.apache.maven.plugins:maven-deploy-plugin";
    private static final List<String> PARAMETERS = List.of(
            "skip", "altDeploymentRepository", "altReleaseDeploymentRepository", "altSnapshotDeploymentRepository");
    private static final List<String> SETTINGS = List.of(
            SKIP, "altDeploymentRepository", "altReleaseDeploymentRepository", "altSnapshotDeploymentRepository");

    private final Properties given;

    /** @param given see {@link PluginSettings#given} */
    DeployTarget(Properties given) {
        this.given = given;
    }

    void skipWhenNowhere(MavenProject project) {
        Properties properties = project.getProperties();
        boolean decided = SETTINGS.stream().anyMatch(name -> given.containsKey(name) || properties.containsKey(name));
        if (!decided && !isConfigured(project) && project.getDistributionManagementArtifactRepository() == null) {
            properties.setProperty(SKIP, "true");
        }
    }

    private static boolean isConfigured(MavenProject project) {
        Plugin plugin = project.getPlugin(PLUGIN);
        return plugin != null
                && Stream.concat(Stream.of(plugin), plugin.getExecutions().stream())
                        .anyMatch(DeployTarget::isDecidedIn);
    }

    private static boolean isDecidedIn(ConfigurationContainer container) {
        return container.getConfiguration() instanceof Xpp3Dom configuration
                && PARAMETERS.stream().anyMatch(name -> configuration.getChild(name) != null);
    }
}
