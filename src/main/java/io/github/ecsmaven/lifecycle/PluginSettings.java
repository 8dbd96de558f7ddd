package io.github.ecsmaven.lifecycle;

import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/** The few parameters that are needed before a goal runs, read as Maven reads them for a goal. */
final class PluginSettings {
    private final Plugin plugin;
    private final Properties commandLine;
    private final Properties project;

    PluginSettings(Plugin plugin, Properties commandLine, Properties project) {
        this.plugin = plugin;
        this.commandLine = commandLine;
        this.project = project;
    }

    static PluginSettings of(Plugin plugin, MavenProject project, MavenSession session) {
        return new PluginSettings(plugin, session.getUserProperties(), project.getProperties());
    }

    /**
     * The element of the plugin's {@code <configuration>}, else the property of the command line, else the POM's; the order
     * of PluginParameterExpressionEvaluator.
     */
    Optional<String> text(String parameter, String property) {
        return element(parameter)
                .or(() -> Optional.ofNullable(commandLine.getProperty(property)))
                .or(() -> Optional.ofNullable(project.getProperty(property)))
                .map(String::trim);
    }

    /** A switch without a value is on. */
    boolean on(String parameter, String property) {
        return text(parameter, property)
                .map(value -> value.isEmpty() || Boolean.parseBoolean(value))
                .orElse(false);
    }

    private Optional<String> element(String parameter) {
        return plugin.getConfiguration() instanceof Xpp3Dom configuration
                ? Optional.ofNullable(configuration.getChild(parameter)).map(Xpp3Dom::getValue)
                : Optional.empty();
    }
}
