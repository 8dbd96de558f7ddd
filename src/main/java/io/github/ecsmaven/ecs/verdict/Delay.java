package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Says what a rollout that is under way waits for, where that lasts and the counts do not tell it. Pure. */
public final class Delay {
    /** Every rollout has such moments; they are told when they last. */
    private static final Duration LONG = Duration.ofSeconds(5);

    /** ECS says "unable to place" of a task that got its place too, and then could not be started. */
    private static final Pattern NO_PLACE =
            Pattern.compile("unable to place(?!.*Reason: (Cannot|ResourceInitialization|Essential))|could not launch"
                    + "|No Container Instances were found");

    private static final Pattern STARTED = Pattern.compile("has started \\d+ tasks");
    private static final Pattern REGISTERED = Pattern.compile(" registered \\d+ targets");
    private static final Pattern COMES = Pattern.compile(STARTED + "|" + REGISTERED);
    private static final Pattern DRAINS = Pattern.compile("has begun draining");

    private Delay() {}

    /** {@code , no capacity for new tasks}; empty when it just goes on. */
    static String of(Deployed ours, Observation seen, Expected expected, Instant now) {
        boolean allRun = ours.desired() > 0 && ours.running() >= ours.desired() && ours.pending() == 0;
        if (!allRun) {
            return lacksPlace(seen.events()) ? ", no capacity for new tasks" : "";
        }
        if (expected.strategy().shifts() || !runForLong(seen, expected, now)) {
            return "";
        }
        return ", " + awaited(ours, seen, expected);
    }

    /** Whether the newest that ECS says of it is that a task finds no place. */
    static boolean lacksPlace(List<String> events) {
        return isNewest(NO_PLACE, STARTED, events);
    }

    static boolean isOfPlace(String event) {
        return NO_PLACE.matcher(event).find();
    }

    /** All new tasks run. */
    private static String awaited(Deployed ours, Observation seen, Expected expected) {
        if (drains(seen, expected)) {
            return "the old tasks drain (deregistration delay of the target group)";
        }
        List<TaskSeen> running = seen.tasksOf(expected.deploymentId()).stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .toList();
        long healthy = count(running, "HEALTHY");
        long unhealthy = count(running, "UNHEALTHY");
        if (unhealthy > 0) {
            return "container health check failing for " + unhealthy + " of " + ours.desired() + " new";
        }
        if (healthy > 0 && healthy < ours.desired()) {
            return "container health check pending for " + (ours.desired() - healthy) + " of " + ours.desired()
                    + " new";
        }
        if (!oldRun(seen, expected)) {
            return "ECS has not completed it yet (health checks, bake time, alarms)";
        }
        if (isNewest(REGISTERED, STARTED, seen.events())) {
            return "the load balancer has not found the new tasks healthy yet (initial health checks)";
        }
        return healthy > 0
                ? "ECS has not stopped the old tasks yet"
                : "ECS has not found the new tasks healthy yet (health checks)";
    }

    private static long count(List<TaskSeen> tasks, String health) {
        return tasks.stream().filter(task -> task.health().equals(health)).count();
    }

    /** The newest event of the two kinds decides; the newest stand first. */
    private static boolean isNewest(Pattern wanted, Pattern other, List<String> events) {
        return events.stream()
                .filter(text ->
                        wanted.matcher(text).find() || other.matcher(text).find())
                .findFirst()
                .map(text -> wanted.matcher(text).find())
                .orElse(false);
    }

    private static boolean runForLong(Observation seen, Expected expected, Instant now) {
        return seen.tasksOf(expected.deploymentId()).stream()
                .filter(task -> task.lastStatus().equals("RUNNING"))
                .flatMap(task -> task.createdAt().stream())
                .max(Comparator.naturalOrder())
                .map(newest -> Duration.between(newest, now).compareTo(LONG) >= 0)
                .orElse(false);
    }

    private static boolean oldRun(Observation seen, Expected expected) {
        return seen.deployments().stream().anyMatch(d -> !d.id().equals(expected.deploymentId()) && d.running() > 0);
    }

    /** The events tell it too where tasks can't be read; an event of draining that others followed was of an earlier step. */
    private static boolean drains(Observation seen, Expected expected) {
        boolean stopping = seen.tasks().stream()
                .anyMatch(task -> !task.startedBy().equals(expected.deploymentId()) && task.stopping());
        return stopping || oldRun(seen, expected) && isNewest(DRAINS, COMES, seen.events());
    }
}
