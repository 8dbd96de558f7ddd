package io.github.ecsmaven.goal;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.TaskChanges;
import io.github.ecsmaven.ecs.definition.TaskChanges.ContainerChanges;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The changes in a task definition as users write them: {@code ecs.taskDefinition.*}. Pure. */
final class TaskOptions {
    private static final String PREFIX = "ecs.taskDefinition.";
    private static final List<String> OWN = List.of("file", "cpu", "memory");
    private static final List<String> MAPS = List.of("environment", "secrets", "tags");
    private static final Pattern OF_CONTAINER = Pattern.compile("([A-Za-z0-9_-]+)\\.(environment|secrets)\\.(.+)");

    /** As RegisterTaskDefinition takes them, by ECS's API reference. */
    private static final Pattern CPU = Pattern.compile("\\d+|(\\d+|\\d*\\.\\d+)\\s*vcpu", Pattern.CASE_INSENSITIVE);

    private static final Pattern MEMORY = Pattern.compile("\\d+|(\\d+|\\d*\\.\\d+)\\s*gb", Pattern.CASE_INSENSITIVE);

    private TaskOptions() {}

    /** The elements of the POM's {@code <configuration>} for the container that gets the image. */
    record Elements(Map<String, String> environment, Map<String, String> secrets, Map<String, String> tags) {}

    /** @throws Problem when a property is none of these */
    static TaskChanges read(MapOption options, Optional<String> cpu, Optional<String> memory, Elements elements) {
        Map<String, ContainerChanges> containers = containers(options.below("ecs.taskDefinition"));
        Map<String, String> environment = options.read(PREFIX + "environment", elements.environment());
        Map<String, String> secrets = options.read(PREFIX + "secrets", elements.secrets());
        if (!environment.isEmpty() || !secrets.isEmpty()) {
            containers.put(TaskChanges.CHOSEN, new ContainerChanges(environment, secrets));
        }
        requireCpu(cpu);
        requireMemory(memory);
        return new TaskChanges(cpu, memory, options.read(PREFIX + "tags", elements.tags()), containers);
    }

    static void requireCpu(Optional<String> cpu) {
        cpu.ifPresent(text -> require(CPU, text, "cpu", "CPU units or vCPUs, for example 512 or .5 vCPU"));
    }

    static void requireMemory(Optional<String> memory) {
        memory.ifPresent(text -> require(MEMORY, text, "memory", "MiB or GB, for example 1024 or 1 GB"));
    }

    private static void require(Pattern form, String text, String option, String right) {
        if (!form.matcher(text).matches()) {
            throw Problem.ofProject(
                    "'" + text + "' is not a value for " + PREFIX + option + ".", "write " + right + ".");
        }
    }

    private static Map<String, ContainerChanges> containers(Map<String, String> properties) {
        Map<String, Map<String, String>> environment = new TreeMap<>();
        Map<String, Map<String, String>> secrets = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (isOwn(name)) {
                return;
            }
            Matcher matcher = OF_CONTAINER.matcher(name);
            if (!matcher.matches()) {
                throw unknown(name);
            }
            Map<String, Map<String, String>> kind = matcher.group(2).equals("secrets") ? secrets : environment;
            kind.computeIfAbsent(matcher.group(1), container -> new TreeMap<>()).put(matcher.group(3), value);
        });
        Map<String, ContainerChanges> changes = new HashMap<>();
        Stream.concat(environment.keySet().stream(), secrets.keySet().stream())
                .distinct()
                .forEach(container -> changes.put(
                        container,
                        new ContainerChanges(
                                environment.getOrDefault(container, Map.of()),
                                secrets.getOrDefault(container, Map.of()))));
        return changes;
    }

    private static boolean isOwn(String name) {
        return OWN.contains(name) || MAPS.contains(name) || MAPS.stream().anyMatch(map -> name.startsWith(map + "."));
    }

    private static Problem unknown(String name) {
        String[] parts = name.split("\\.", 3);
        List<String> known = Stream.concat(OWN.stream(), MAPS.stream()).toList();
        List<String> first = NearestNames.of(parts[0], known);
        List<String> second = parts.length == 3 ? NearestNames.of(parts[1], MAPS.subList(0, 2)) : List.of();
        String next = !second.isEmpty()
                ? "write " + PREFIX + parts[0] + "." + second.get(0) + "." + parts[2] + "."
                : first.isEmpty()
                        ? "there are file, cpu, memory, environment.NAME, secrets.NAME, tags.NAME and <container>.environment.NAME."
                        : "write " + PREFIX + first.get(0) + name.substring(parts[0].length()) + ".";
        return Problem.ofProject("Unknown property '" + PREFIX + name + "'.", next);
    }
}
