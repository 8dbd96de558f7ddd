package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container whose log tells why a rollout failed: of each that failed the newest. Pure.
 *
 * @param task id
 */
public record FailedContainer(String container, String task) {
    /** A container that ends like this was stopped because another one of its task had failed. */
    private static final Set<Integer> KILLED = Set.of(137, 143);

    public static List<FailedContainer> of(Observation seen, Expected expected) {
        List<TaskSeen> newestFirst = new ArrayList<>(CrashLoop.failed(seen, expected));
        newestFirst.sort(
                Comparator.comparing((TaskSeen task) -> task.stoppedAt().orElse(Instant.MAX))
                        .reversed());
        Map<String, FailedContainer> found = new LinkedHashMap<>();
        for (TaskSeen task : newestFirst) {
            for (ContainerSeen container : failed(task, expected)) {
                found.putIfAbsent(container.name(), new FailedContainer(container.name(), task.id()));
            }
        }
        return newestFirst.isEmpty() ? running(seen, expected) : List.copyOf(found.values());
    }

    /** The containers of a stopped task that failed by themselves, the one that got the image first. */
    static List<ContainerSeen> failed(TaskSeen task, Expected expected) {
        List<ContainerSeen> ran = task.containers().stream()
                .filter(container -> container.exitCode().isPresent())
                .sorted(Comparator.comparing(container -> !container.name().equals(expected.container())))
                .toList();
        List<ContainerSeen> byThemselves = ran.stream()
                .filter(container -> !KILLED.contains(container.exitCode().orElseThrow())
                        || !container.reason().isEmpty())
                .toList();
        List<ContainerSeen> faulty = byThemselves.stream()
                .filter(container -> container.exitCode().orElseThrow() != 0)
                .toList();
        if (!faulty.isEmpty()) {
            return faulty;
        }
        return byThemselves.isEmpty() ? ran.stream().limit(1).toList() : byThemselves;
    }

    /** Nothing stopped: then the newest running task may say why it is not healthy. */
    private static List<FailedContainer> running(Observation seen, Expected expected) {
        return seen.tasksOf(expected.deploymentId()).stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .max(Comparator.comparing(task -> task.createdAt().orElse(Instant.MIN)))
                .map(task -> new FailedContainer(expected.container(), task.id()))
                .stream()
                .toList();
    }
}
