package io.github.ecsmaven.goal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map that users write in three ways: as a nested element, as one property {@code A=b,C=d}, and as one property an entry
 * ({@code ecs.test.environment.A=b}). The nearer one wins: an entry's own property before the one-line form before the
 * element; the command line before the pom.
 */
final class MapOption {
    private final List<Properties> sources;

    /** @param sources the weakest first: project, system, user properties */
    MapOption(List<Properties> sources) {
        this.sources = List.copyOf(sources);
    }

    Map<String, String> read(String property, @Nullable Map<String, String> element) {
        Map<String, String> map = new LinkedHashMap<>();
        if (element != null) {
            element.forEach((name, value) -> map.put(name, value == null ? "" : value));
        }
        String line = null;
        for (Properties source : sources) {
            line = source.getProperty(property, line);
        }
        if (line != null) {
            map.putAll(OptionText.map(property, line));
        }
        sources.forEach(source -> map.putAll(entries(property + ".", source)));
        return map;
    }

    /** All that is written below a property, {@code ecs.test.services.}, by the rest of its name. */
    Map<String, String> below(String property) {
        Map<String, String> map = new TreeMap<>();
        sources.forEach(source -> map.putAll(entries(property + ".", source)));
        return map;
    }

    private static Map<String, String> entries(String prefix, Properties source) {
        Map<String, String> entries = new TreeMap<>();
        for (String name : source.stringPropertyNames()) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                entries.put(name.substring(prefix.length()), source.getProperty(name));
            }
        }
        return entries;
    }
}
