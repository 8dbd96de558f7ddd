package io.github.ecsmaven.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says in one line where a rollout stands, in two columns: {@code new 1/2 (1 pending)     old 2/2 (1 draining)}. Failed tasks
 * stand before the brackets, as the one that runs after them is no success yet: {@code new 1/1, 2 failed}.
 */
final class StateLine {
    private static final String COLUMNS = "%-30s  %s";

    private StateLine() {}

    static String of(Observation seen, Expected expected) {
        String fresh = seen.deployment(expected.deploymentId())
                .map(deployment -> fresh(deployment, seen.tasksOf(expected.deploymentId())))
                .orElse("new 0/" + expected.desired());
        return seen.deployments().size() < 2 && expected.good().isEmpty()
                ? fresh
                : String.format(Locale.ROOT, COLUMNS, fresh, old(seen, expected));
    }

    private static String fresh(Observation.Deployed deployment, List<Observation.TaskSeen> tasks) {
        long healthy = tasks.stream()
                .filter(task ->
                        task.lastStatus().equals("RUNNING") && task.health().equals("HEALTHY"))
                .count();
        String count = "new " + deployment.running() + "/" + deployment.desired()
                + (deployment.failed() > 0 ? ", " + deployment.failed() + " failed" : "");
        List<String> notes = new ArrayList<>();
        if (deployment.pending() > 0) {
            notes.add(deployment.pending() + " pending");
        }
        if (healthy > 0 && healthy >= deployment.desired() && notes.isEmpty() && deployment.failed() == 0) {
            return count + " healthy";
        }
        if (healthy > 0) {
            notes.add(healthy + " healthy");
        }
        return count + noted(notes);
    }

    private static String old(Observation seen, Expected expected) {
        int running = seen.deployments().stream()
                .filter(d -> !d.id().equals(expected.deploymentId()))
                .mapToInt(Observation.Deployed::running)
                .sum();
        long draining = seen.tasks().stream()
                .filter(task -> !task.startedBy().equals(expected.deploymentId()) && task.stopping())
                .count();
        return "old " + running + "/" + expected.desired()
                + noted(draining > 0 ? List.of(draining + " draining") : List.of());
    }

    private static String noted(List<String> notes) {
        return notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")";
    }
}
