package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.goal.NotifyNames;
import io.github.ecsmaven.goal.ServiceNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** Of the record, which is written without a goal. */
    private static final Set<String> OF_RECORD = Set.of("ecs.report", "ecs.history");

    private static final Set<String> MAPS = Set.of(
            "ecs.test.environment",
            "ecs.container.environment",
            "ecs.container.labels",
            "ecs.repository.tags",
            "ecs.smoke.headers");

    /** Groups that other goals own, and those with names of users' own in them; what is in them is not judged here. */
    private static final List<String> FREE =
            List.of("ecs.test.services.", ServiceNames.HANDED_OVER, "ecs.report.", "ecs.taskDefinition.");

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
        known.addAll(OF_RECORD);
        known.addAll(NotifyNames.ALL);
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

    private static Optional<String> nearest(String name, Set<String> known) {
        return MAPS.stream()
                .sorted()
                .flatMap(map -> nearestEntry(name, map, known).stream())
                .findFirst()
                .or(() -> nearestName(name, known));
    }

    /** {@code ecs.container.enviroment.A} means an entry of the map, and its key is right. */
    private static Optional<String> nearestEntry(String name, String map, Set<String> known) {
        Matcher parts =
                Pattern.compile("((?:[^.]+\\.){" + dots(map) + "}[^.]+)(\\..+)").matcher(name);
        return parts.matches() && !known.contains(parts.group(1))
                ? nearestName(parts.group(1), Set.of(map)).map(near -> near + parts.group(2))
                : Optional.empty();
    }

    private static long dots(String name) {
        return name.chars().filter(letter -> letter == '.').count();
    }

    /** Compared without the prefix that all share: {@code mainClass} finds {@code container.mainClass}. */
    private static Optional<String> nearestName(String name, Set<String> known) {
        List<String> others = known.stream().map(KnownProperties::withoutPrefix).toList();
        return NearestNames.of(withoutPrefix(name), others).stream().findFirst().map(PREFIX::concat);
    }

    private static String withoutPrefix(String name) {
        return name.substring(PREFIX.length());
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
