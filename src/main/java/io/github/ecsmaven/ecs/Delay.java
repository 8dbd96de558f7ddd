package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.Observation.Deployed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what a rollout that is under way waits for, where that lasts and the counts do not tell it. Pure. */
final class Delay {
    /** Every rollout has such moments; they are told when they last. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final Pattern NO_PLACE =
            Pattern.compile("unable to place|could not launch|No Container Instances were found");
    private static final Pattern STARTED = Pattern.compile("has started \\d+ tasks");

    private Delay() {}

    /** {@code , no capacity for new tasks}; empty when it just goes on. */
    static String of(Deployed ours, Observation seen, Expected expected, Instant now) {
        boolean allRun = ours.desired() > 0 && ours.running() >= ours.desired() && ours.pending() == 0;
        if (!allRun) {
            return lacksPlace(seen.events()) ? ", no capacity for new tasks" : "";
        }
        if (!runForLong(seen, expected, now)) {
            return "";
        }
        if (oldOnes(seen, expected)) {
            return ", the old tasks drain (deregistration delay of the target group)";
        }
        return ", ECS has not completed it yet (health checks, bake time, alarms)";
    }

    /** The newest event of the two kinds decides; the newest stand first. */
    private static boolean lacksPlace(List<String> events) {
        Optional<String> last = events.stream()
                .filter(text ->
                        NO_PLACE.matcher(text).find() || STARTED.matcher(text).find())
                .findFirst();
        return last.map(text -> NO_PLACE.matcher(text).find()).orElse(false);
    }

    private static boolean runForLong(Observation seen, Expected expected, Instant now) {
        return seen.tasksOf(expected.deploymentId()).stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .flatMap(task -> task.createdAt().stream())
                .max(Comparator.naturalOrder())
                .map(newest -> Duration.between(newest, now).compareTo(LONG) >= 0)
                .orElse(false);
    }

    private static boolean oldOnes(Observation seen, Expected expected) {
        boolean running =
                seen.deployments().stream().anyMatch(d -> !d.id().equals(expected.deploymentId()) && d.running() > 0);
        return running
                || seen.tasks().stream()
                        .anyMatch(task -> !task.startedBy().equals(expected.deploymentId()) && task.stopping());
    }
}
