package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.CrashLoop;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what is read of a watched service beside DescribeServices, by what that one call has shown. Pure.
 *
 * <p>What decides the outcome is read at once, stopped tasks as soon as something shows that there are some; the rest only
 * adds detail to the progress line, and is read when the calls of a minute leave room for it.
 */
final class LookPlan {
    /** What is read. */
    enum Part {
        /** The service deployment, and the digest that ECS resolved: one call, or two until that is known. */
        HISTORY,
        /** The tasks that have stopped: one call, or two when there are new ones. */
        STOPPED,
        /** The tasks that shall run, with their health: two calls. */
        RUNNING,
        /** All tasks: three calls. */
        TASKS
    }

    /** Calls that are kept for what may have to be read at once: three times stopped tasks, and a bad end. */
    private static final int RESERVE = 9;

    private static final int TASKS_COST = 3;
    private static final int STOPPED_COST = 2;
    private static final int RUNNING_COST = 2;
    private static final int HISTORY_COST = 2;

    private static final Duration NOW_AND_THEN = Duration.ofSeconds(15);
    private static final Duration HISTORY_AGAIN = Duration.ofSeconds(10);

    /** So often both service and service deployment are looked at, of a deployment that shifts traffic; else one of them. */
    private static final int BOTH = 5;

    /** What comes next shows in the counts of the tasks. */
    private static final Set<String> STARTING = Set.of("RECONCILE_SERVICE", "PRE_SCALE_UP", "SCALE_UP");

    private static final Pattern STARTED = Pattern.compile("has started (\\d+) tasks");

    private LookPlan() {}

    /**
     * What DescribeServices shows.
     *
     * @param events since the rollout began
     */
    record Shown(List<Deployed> deployments, List<String> events) {
        Shown {
            deployments = List.copyOf(deployments);
            events = List.copyOf(events);
        }

        Optional<Deployed> deployment(String id) {
            return deployments.stream().filter(d -> d.id().equals(id)).findFirst();
        }
    }

    /**
     * What the looks before have left.
     *
     * @param before what the last one showed; empty at the first
     * @param shifts whether traffic is shifted: then the service deployment alone tells the end
     * @param successful whether it has told it
     * @param proved whether the digest that ECS resolved is known, or none is wanted
     * @param behind whether the service deployment was still being rolled back when it was read last
     * @param owed whether stopped tasks are still to be read
     * @param failed how many tasks of the deployment are known to have failed
     * @param tasksAge since all tasks were read
     * @param historyAge since the service deployment was read
     * @param spare calls that may be made
     */
    record Known(
            Optional<Shown> before,
            boolean shifts,
            boolean successful,
            boolean proved,
            boolean behind,
            boolean owed,
            int failed,
            Duration tasksAge,
            Duration historyAge,
            int spare) {}

    /** Whether service and service deployment are looked at: when room is left for a change that has all looked at. */
    static boolean isTimeForBoth(int look, int spare) {
        return look % BOTH == 0 && spare > HISTORY_COST + TASKS_COST;
    }

    /**
     * Whether the service deployment, which tells the end of one that shifts traffic, is looked at in the service's place: the
     * stages leave no trace in DescribeServices. While tasks start, or fail, the service tells more.
     *
     * @param shown of the service at the last look at it
     * @param look the number of this one
     * @param spare calls that may be made
     */
    static boolean isStageEnough(Shown shown, String id, Tracked tracked, int look, int spare) {
        boolean starts =
                tracked.shift().map(shift -> STARTING.contains(shift.stage())).orElse(true);
        return !isTimeForBoth(look, spare)
                && (tracked.rollingBack() || tracked.underWay() && (!starts || allRun(shown, id)));
    }

    /** @param id of the deployment that is watched */
    static Set<Part> parts(Shown now, String id, Known known) {
        boolean ended = known.successful() || !known.shifts() && ended(now, id);
        if (ended && known.proved()) {
            return EnumSet.noneOf(Part.class);
        }
        boolean changed = changed(state(now, id), known.before().map(before -> state(before, id)));
        if (changed || ended && known.spare() >= HISTORY_COST + TASKS_COST) {
            return EnumSet.of(Part.HISTORY, Part.TASKS);
        }
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        boolean other = changed(primary(now), known.before().map(LookPlan::primary));
        boolean behind = known.behind() && primary(now).endsWith("COMPLETED") && known.spare() >= HISTORY_COST;
        if (known.before().isEmpty() || other || behind) {
            parts.add(Part.HISTORY);
        }
        boolean owed = known.owed() || mayHaveStopped(now, id, known.before());
        if (owed && (known.spare() >= STOPPED_COST || looksLikeLoop(known))) {
            parts.add(Part.STOPPED);
        }
        return parts.isEmpty() ? details(now, id, known) : parts;
    }

    /** The next ones that stop are likely to end the watch, and with it the calls of this minute. */
    private static boolean looksLikeLoop(Known known) {
        return known.failed() > 0 && known.failed() < CrashLoop.ENOUGH && known.spare() >= -RESERVE;
    }

    /** Once a task has failed the calls are kept for those that stop next. */
    private static EnumSet<Part> details(Shown now, String id, Known known) {
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        if (known.failed() > 0) {
            return parts;
        }
        int room = known.spare() - RESERVE;
        if (oldHaveStopped(now, id, known.before()) && room >= STOPPED_COST) {
            parts.add(Part.STOPPED);
            room -= STOPPED_COST;
        } else if (allRun(now, id)
                && known.before().filter(before -> allRun(before, id)).isEmpty()
                && room >= RUNNING_COST) {
            parts.add(Part.RUNNING);
            room -= RUNNING_COST;
        } else if (known.tasksAge().compareTo(NOW_AND_THEN) >= 0 && room >= TASKS_COST) {
            parts.add(Part.TASKS);
            room -= TASKS_COST;
        }
        if (room >= HISTORY_COST && known.historyAge().compareTo(HISTORY_AGAIN) >= 0) {
            parts.add(Part.HISTORY);
        }
        return parts;
    }

    private static boolean changed(String now, Optional<String> before) {
        return before.isPresent() && !before.get().equals(now);
    }

    private static String state(Shown shown, String id) {
        return shown.deployment(id)
                .map(ours -> ours.status() + " " + ours.rolloutState())
                .orElse("");
    }

    private static String primary(Shown shown) {
        return shown.deployments().stream()
                .filter(Deployed::primary)
                .map(one -> one.id() + " " + one.rolloutState())
                .findFirst()
                .orElse("");
    }

    /** Behind a Classic Load Balancer there is no rollout state. */
    private static boolean ended(Shown now, String id) {
        return now.deployment(id)
                .map(ours -> ours.rolloutState().equals("COMPLETED")
                        || ours.rolloutState().isEmpty()
                                && now.deployments().size() == 1
                                && ours.running() >= ours.desired())
                .orElse(false);
    }

    private static boolean allRun(Shown shown, String id) {
        return shown.deployment(id)
                .map(ours -> ours.desired() > 0 && ours.running() >= ours.desired() && ours.pending() == 0)
                .orElse(false);
    }

    private static boolean oldHaveStopped(Shown now, String id, Optional<Shown> before) {
        return before.map(old -> oldRunning(now, id) < oldRunning(old, id)).orElse(false);
    }

    private static int oldRunning(Shown shown, String id) {
        return shown.deployments().stream()
                .filter(one -> !one.id().equals(id))
                .mapToInt(Deployed::running)
                .sum();
    }

    /**
     * Whether tasks of the deployment have stopped since. Its counts tell it; of a task that stopped and was replaced between
     * two looks only the event of the new one does, so that more were started than there are.
     */
    static boolean mayHaveStopped(Shown now, String id, Optional<Shown> before) {
        Shown old = before.orElse(new Shown(List.of(), List.of()));
        return failed(now, id) > failed(old, id) || alive(now, id) < alive(old, id) || gone(now, id) > gone(old, id);
    }

    private static int failed(Shown shown, String id) {
        return shown.deployment(id).map(Deployed::failed).orElse(0);
    }

    private static int alive(Shown shown, String id) {
        return shown.deployment(id).map(ours -> ours.running() + ours.pending()).orElse(0);
    }

    /** The event may come later than the counts. */
    private static int gone(Shown shown, String id) {
        int started = shown.events().stream()
                .flatMap(event -> STARTED.matcher(event).results())
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
        return Math.max(0, started - alive(shown, id));
    }
}
