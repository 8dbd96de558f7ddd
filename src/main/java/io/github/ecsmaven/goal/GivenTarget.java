package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of where to deploy to. An element of the plugin's {@code <configuration>} goes before it in Maven, without
 * a word: what was meant for production would go to UAT once more.
 */
final class GivenTarget {
    private final Properties given;

    /** @param given on the command line */
    GivenTarget(Properties given) {
        this.given = given;
    }

    /** @throws Problem when the command line says another value than the one that the goal has */
    void require(String property, @Nullable String value) {
        require(property, OptionText.text(value).stream().toList());
    }

    /** The same of a list. */
    void require(String property, List<String> values) {
        Optional<String> said = OptionText.text(given.getProperty(property));
        if (said.isPresent() && !OptionText.list(said.get()).equals(values)) {
            String element = property.substring(property.indexOf('.') + 1);
            String value = String.join(",", values);
            throw Problem.ofProject(
                    "-D" + property + "=" + said.get() + " has no effect: <" + element
                            + "> in the plugin's <configuration> goes before it, and says '" + value + "'.",
                    "write <" + property + ">" + value + "</" + property
                            + "> into the pom's properties instead, over which the command line wins.");
        }
    }
}
