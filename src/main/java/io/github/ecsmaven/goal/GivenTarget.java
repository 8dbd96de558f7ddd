package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of where to deploy to, by a property or by a profile. An element of the plugin's {@code <configuration>} goes
 * before both in Maven, without a word: what was meant for production would go to UAT once more.
 */
final class GivenTarget {
    private static final Pattern WORD = Pattern.compile("\\.(.)");

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();

    /** As the command line has it, whose properties go before its profiles. */
    static GivenTarget of(MavenSession session, MavenProject project) {
        GivenTarget given = new GivenTarget();
        Set<String> wanted = Set.copyOf(session.getRequest().getActiveProfiles());
        given.addProfiles(project, wanted);
        given.addProperties(session.getUserProperties());
        return given;
    }

    private void addProfiles(MavenProject project, Set<String> wanted) {
        for (MavenProject one = project; one != null; one = one.getParent()) {
            one.getModel().getProfiles().stream()
                    .filter(profile -> wanted.contains(profile.getId()))
                    .forEach(profile -> addProfile(profile, project.getProperties()));
        }
    }

    /** @param effective the values that have become of the profile's, in this module */
    void addProfile(Profile profile, Properties effective) {
        profile.getProperties().stringPropertyNames().stream()
                .filter(name -> effective.getProperty(name) != null)
                .forEach(name -> {
                    String value = effective.getProperty(name);
                    add(
                            name,
                            value,
                            "<" + name + ">" + value + "</" + name + "> of the profile '" + profile.getId() + "'");
                });
    }

    void addProperties(Properties properties) {
        properties.stringPropertyNames().forEach(name -> {
            String value = properties.getProperty(name);
            add(name, value, "-D" + name + "=" + value);
        });
    }

    private void add(String name, String value, String source) {
        values.put(name, value);
        sources.put(name, source);
    }

    /** @throws Problem when another value is given than the one that the goal has */
    void require(String property, @Nullable String value) {
        require(property, OptionText.text(value).stream().toList());
    }

    /** {@code uploadBucket} for {@code ecs.upload.bucket}: goals name their parameters so. */
    private static String element(String property) {
        return WORD.matcher(property.substring(property.indexOf('.') + 1))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    /** The same of a list. */
    void require(String property, List<String> has) {
        List<String> given = OptionText.list(values.get(property));
        if (!given.isEmpty() && !given.equals(has)) {
            String element = element(property);
            String value = String.join(",", has);
            throw Problem.ofProject(
                    sources.get(property) + " has no effect: <" + element
                            + "> in the plugin's <configuration> goes before it, and says '" + value + "'.",
                    "write <" + property + ">" + value + "</" + property
                            + "> into the pom's properties in its place: the command line and profiles go before those.");
        }
    }
}
