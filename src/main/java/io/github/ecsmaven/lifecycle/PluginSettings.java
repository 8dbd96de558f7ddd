package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.ServiceNames;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** The few parameters that are needed before a goal runs, read as Maven reads them for a goal. */
final class PluginSettings {
    private final ConfigurationContainer container;
    private final Properties given;
    private final Properties project;

    /**
     * @param container the plugin, or one of its executions
     * @param given see {@link #given(MavenSession)}
     */
    PluginSettings(ConfigurationContainer container, Properties given, Properties project) {
        this.container = container;
        this.given = given;
        this.project = project;
    }

    static PluginSettings of(Plugin plugin, MavenProject project, MavenSession session) {
        return new PluginSettings(plugin, given(session), project.getProperties());
    }

    /** What goes before the POM: the properties of the command line, and those of the JVM ({@code MAVEN_OPTS}). */
    static Properties given(MavenSession session) {
        Properties given = new Properties();
        given.putAll(session.getSystemProperties());
        given.putAll(session.getUserProperties());
        return given;
    }

    /**
     * The element of the plugin's {@code <configuration>}, else the property of the command line or the JVM, else the POM's;
     * the order of PluginParameterExpressionEvaluator.
     */
    Optional<String> text(String parameter, String property) {
        return element(parameter)
                .or(() -> Optional.ofNullable(given.getProperty(property)))
                .or(() -> Optional.ofNullable(project.getProperty(property)))
                .map(String::trim);
    }

    /** The names of the services beside the container: an item is text, or has elements of its own. */
    List<String> services() {
        Xpp3Dom element = container.getConfiguration() instanceof Xpp3Dom configuration
                ? configuration.getChild("testServices")
                : null;
        Stream<Optional<String>> names = element == null || element.getChildCount() == 0
                ? Stream.of(text("testServices", "ecs.test.services").orElse("").split(","))
                        .map(ServiceNames::of)
                : Stream.of(element.getChildren()).map(PluginSettings::name);
        // The goal refuses one that will not do.
        return names.flatMap(Optional::stream)
                .filter(ServiceNames::isName)
                .distinct()
                .toList();
    }

    private static Optional<String> name(Xpp3Dom service) {
        return service.getChildCount() == 0
                ? ServiceNames.of(Objects.requireNonNullElse(service.getValue(), ""))
                : ServiceNames.of(value(service, "name"), value(service, "image"));
    }

    private static @Nullable String value(Xpp3Dom service, String child) {
        Xpp3Dom element = service.getChild(child);
        return element == null ? null : element.getValue();
    }

    /** A switch without a value is on. */
    boolean on(String parameter, String property) {
        return text(parameter, property)
                .map(value -> value.isEmpty() || Boolean.parseBoolean(value))
                .orElse(false);
    }

    private Optional<String> element(String parameter) {
        return container.getConfiguration() instanceof Xpp3Dom configuration
                ? Optional.ofNullable(configuration.getChild(parameter)).map(Xpp3Dom::getValue)
                : Optional.empty();
    }
}
