package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.ContainerSeen;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees that task after task of a deployment stops for the same reason; without a circuit breaker ECS would go on for ever. */
public final class CrashLoop {
    /** As few as ECS's own circuit breaker takes for a small service (its threshold is at least 3). */
    public static final int ENOUGH = 3;

    private static final Set<String> OWN_FAULT = Set.of("EssentialContainerExited", "TaskFailedToStart");

    private CrashLoop() {}

    public static boolean is(Observation seen, Expected expected) {
        return failed(seen, expected).stream()
                .collect(Collectors.groupingBy(CrashLoop::reason, Collectors.counting()))
                .values()
                .stream()
                .anyMatch(count -> count >= ENOUGH);
    }

    /** {@code 3 tasks of revision 18 stopped: Essential container in task exited. ECS gives up after 5.} */
    public static String say(Observation seen, Expected expected) {
        List<TaskSeen> failed = failed(seen, expected);
        String reason = failed.stream().map(TaskSeen::stoppedReason).findFirst().orElse("");
        String limit =
                switch (expected.breaker()) {
                    case STOPS, ROLLS_BACK ->
                        failed.size() < expected.breakerThreshold()
                                ? " ECS's circuit breaker fires at " + expected.breakerThreshold() + " in a row."
                                : "";
                    case OFF, ALARMS_ROLL_BACK -> "";
                };
        return failed.size() + " tasks of " + Arns.revision(expected.taskDefinition()) + " stopped: "
                + ServiceEvents.shortened(reason).replaceFirst("\\.$", "") + "." + limit;
    }

    /** The stopped tasks of this deployment that stopped by a fault of their own: not scaled in, not a lost Spot host. */
    static List<TaskSeen> failed(Observation seen, Expected expected) {
        return seen.tasks().stream().filter(task -> isFailed(task, expected)).toList();
    }

    public static boolean isFailed(TaskSeen task, Expected expected) {
        return task.startedBy().equals(expected.deploymentId())
                && (task.lastStatus().equals("STOPPED") || task.stopping())
                && byItsOwnFault(task);
    }

    private static boolean byItsOwnFault(TaskSeen task) {
        return OWN_FAULT.contains(task.stopCode()) || task.stoppedReason().contains("health checks");
    }

    /** Ids and numbers differ from task to task in texts that mean the same. */
    private static String reason(TaskSeen task) {
        String codes = task.containers().stream()
                .map(ContainerSeen::exitCode)
                .map(code -> code.map(String::valueOf).orElse("-"))
                .collect(Collectors.joining(","));
        return task.stoppedReason().replaceAll("[0-9a-f]*\\d[0-9a-f]*", "#") + codes;
    }
}
