package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in one line where a rollout stands, in two columns: {@code new 1/2 (1 pending)     old 2/2 (1 draining)}. Failed tasks
 * stand before the brackets, as the one that runs after them is no success yet: {@code new 1/1, 2 failed}.
 */
public final class StateLine {
    private static final String COLUMNS = "%-30s  %s";

    private StateLine() {}

    public static String of(Observation seen, Expected expected) {
        String fresh = fresh(seen, expected);
        return seen.deployments().size() < 2 && expected.good().isEmpty()
                ? fresh
                : String.format(Locale.ROOT, COLUMNS, fresh, old(seen, expected));
    }

    /** New tasks drain too, when they are rolled back. */
    private static String fresh(Observation seen, Expected expected) {
        Optional<Deployed> deployment = seen.deployment(expected.deploymentId());
        List<TaskSeen> tasks = seen.tasksOf(expected.deploymentId());
        int desired = deployment.map(Deployed::desired).orElse(expected.desired());
        int pending = deployment.map(Deployed::pending).orElse(0);
        int failed = failed(deployment, seen, expected);
        long draining = tasks.stream()
                .filter(task -> task.stopping() && !CrashLoop.isFailed(task, expected))
                .count();
        long healthy = tasks.stream()
                .filter(task ->
                        task.lastStatus().equals("RUNNING") && task.health().equals("HEALTHY"))
                .count();
        String count = "new " + deployment.map(Deployed::running).orElse(0) + "/" + desired
                + (failed > 0 ? ", " + failed + " failed" : "");
        if (healthy > 0 && healthy >= desired && pending + draining + failed == 0) {
            return count + " healthy";
        }
        return count + noted(counted(pending, "pending"), counted(draining, "draining"), counted(healthy, "healthy"));
    }

    /** CodeDeploy's deployments have no such count, and of one that is rolled back it goes with the deployment. */
    private static int failed(Optional<Deployed> deployment, Observation seen, Expected expected) {
        int told = deployment.map(Deployed::failed).orElse(0);
        return deployment.isEmpty() || expected.isByCodeDeploy()
                ? Math.max(told, CrashLoop.failed(seen, expected).size())
                : told;
    }

    private static String old(Observation seen, Expected expected) {
        int running = seen.deployments().stream()
                .filter(d -> !d.id().equals(expected.deploymentId()))
                .mapToInt(Deployed::running)
                .sum();
        long draining = seen.tasks().stream()
                .filter(task -> !task.startedBy().equals(expected.deploymentId()) && task.stopping())
                .count();
        return "old " + running + "/" + expected.desired() + noted(counted(draining, "draining"));
    }

    private static String counted(long count, String what) {
        return count > 0 ? count + " " + what : "";
    }

    private static String noted(String... notes) {
        String all = Stream.of(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " (" + all + ")";
    }
}
