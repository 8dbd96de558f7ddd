package io.github.ecsmaven.ecs.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** Finds what differs between two task definitions, in words; values stay out of them, they may be secret. Pure. */
public final class CompareDefinitions {
    public static final String IMAGE = "image";
    private static final Set<String> NAMED = Set.of("environment", "secrets");

    private CompareDefinitions() {}

    /**
     * @param chosen container whose fields are told without its name
     * @return {@code image}, {@code environment DB_URL}, {@code proxy: image}, {@code task memory 512 -> 1024}…; empty: they mean the same
     */
    public static List<String> changes(
            RegisterTaskDefinitionRequest from, RegisterTaskDefinitionRequest to, String chosen) {
        Map<String, Object> before = PlainDefinition.of(from);
        Map<String, Object> after = PlainDefinition.of(to);
        List<String> changes = containers(map(before.remove("containerDefinitions")), after, chosen);
        after.remove("containerDefinitions");
        for (String name : differing(before, after)) {
            changes.add(top(name, before.get(name), after.get(name)));
        }
        return changes;
    }

    private static List<String> containers(Map<String, Object> before, Map<String, Object> to, String chosen) {
        Map<String, Object> after = map(to.get("containerDefinitions"));
        List<String> changes = new ArrayList<>(inside("", map(before.get(chosen)), map(after.get(chosen))));
        for (String name : differing(before, after)) {
            if (name.equals(chosen) && before.containsKey(name)) {
                continue;
            }
            if (!before.containsKey(name)) {
                changes.add("new container " + name);
            } else if (!after.containsKey(name)) {
                changes.add("no container " + name + " any more");
            } else {
                changes.addAll(inside(name + ": ", map(before.get(name)), map(after.get(name))));
            }
        }
        return changes;
    }

    /** Fields of a container that is on both sides, the image first. */
    private static List<String> inside(String prefix, Map<String, Object> before, Map<String, Object> after) {
        List<String> changes = new ArrayList<>();
        if (before.isEmpty()) {
            return changes;
        }
        for (String name : differing(before, after)) {
            String names = NAMED.contains(name)
                    ? " " + String.join(" ", differing(map(before.get(name)), map(after.get(name))))
                    : "";
            changes.add(name.equals(IMAGE) ? 0 : changes.size(), prefix + name + names);
        }
        return changes;
    }

    private static String top(String name, @Nullable Object before, @Nullable Object after) {
        if (name.equals("tags")) {
            return "tags " + String.join(" ", differing(map(before), map(after)));
        }
        if (Set.of("cpu", "memory").contains(name)) {
            return "task " + name + " " + Objects.requireNonNullElse(before, "none") + " -> "
                    + Objects.requireNonNullElse(after, "none");
        }
        return name;
    }

    private static List<String> differing(Map<String, Object> before, Map<String, Object> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object plain) {
        return plain instanceof Map<?, ?> map ? (Map<String, Object>) map : new TreeMap<>();
    }
}
