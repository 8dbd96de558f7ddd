package io.github.ecsmaven.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The properties {@code ecs.*} that exist, and what to say of one that doesn't. */
final class KnownProperties {
    private static final String PREFIX = "ecs.";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(ecs\\.[A-Za-z0-9.]+)}");
    private static final Set<String> SET_BY_GOALS = Set.of("ecs.url", "ecs.host", "ecs.port");
    private static final Set<String> MAPS =
            Set.of("ecs.test.environment", "ecs.container.environment", "ecs.container.labels");

    /** Groups that other goals own; what is in them is not judged. */
    private static final List<String> FREE = List.of(
            "ecs.report.",
            "ecs.history",
            "ecs.notify.",
            "ecs.upload.",
            "ecs.smoke.",
            "ecs.taskDefinition.",
            "ecs.test.services",
            "ecs.test.ryuk");

    private final Supplier<Set<String>> names;

    KnownProperties(Supplier<Set<String>> names) {
        this.names = names;
    }

    /** As the plugin's own descriptor says; it is read when a property has to be judged, not before. */
    static KnownProperties ofThisPlugin() {
        return new KnownProperties(KnownProperties::described);
    }

    /** One sentence for each unknown property. */
    List<String> complaints(Properties properties) {
        List<String> candidates = properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> !isOpen(name))
                .sorted()
                .toList();
        if (candidates.isEmpty()) {
            return List.of();
        }
        Set<String> known = new TreeSet<>(names.get());
        known.addAll(SET_BY_GOALS);
        known.addAll(MAPS);
        return candidates.stream()
                .filter(name -> !known.contains(name))
                .map(name -> "Unknown property '" + name + "'"
                        + nearest(name, known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; it has no effect."))
                .toList();
    }

    private static boolean isOpen(String name) {
        return FREE.stream().anyMatch(name::startsWith) || MAPS.stream().anyMatch(map -> name.startsWith(map + "."));
    }

    /** The property that was probably meant: short names have to be nearer than long ones. */
    static Optional<String> nearest(String name, Set<String> known) {
        String given = name.substring(PREFIX.length());
        int far = Math.min(3, Math.max(1, given.length() / 3));
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= far || endsWith(candidate, given))
                .min(Comparator.comparingInt(candidate -> endsWith(candidate, given) ? 0 : distance(name, candidate)));
    }

    /** Its group was forgotten: {@code ecs.mainClass} for {@code ecs.container.mainClass}. */
    private static boolean endsWith(String candidate, String given) {
        return candidate.toLowerCase(Locale.ROOT).endsWith("." + given.toLowerCase(Locale.ROOT));
    }

    /** Levenshtein's distance, letters compared without case. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int change =
                        Character.toLowerCase(one.charAt(line - 1)) == Character.toLowerCase(other.charAt(column - 1))
                                ? 0
                                : 1;
                int cheapest = Math.min(diagonal + change, Math.min(row[column], row[column - 1]) + 1);
                diagonal = row[column];
                row[column] = cheapest;
            }
        }
        return row[other.length()];
    }

    private static Set<String> described() {
        try (InputStream descriptor = KnownProperties.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            if (descriptor == null) {
                return Set.of();
            }
            return expressions(new String(descriptor.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static Set<String> expressions(String descriptor) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = EXPRESSION.matcher(descriptor);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
