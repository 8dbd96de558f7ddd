package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.ecs.Deployment.Rollout;
import io.github.ecsmaven.sandbox.ecs.Step.Stop;
import io.github.ecsmaven.sandbox.ecs.TaskView.News;
import io.github.ecsmaven.sandbox.ecs.TaskView.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The deployments of one service: looks at its state and its tasks, says what to start and to stop, and what to tell.
 * Pure: the same input gives the same decision. The rules are those of ECS's rolling update deployments and of its
 * deployment circuit breaker, and {@link ShiftTraffic}'s where traffic is shifted; only the pauses are shorter.
 */
final class Scheduler {
    private static final long PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;
    /** Tasks that find no place are tried again after so long. */
    static final long PLACE_AGAIN = 1_000;

    private final List<TaskView> tasks;
    private final long now;
    private final Supplier<String> newTaskId;
    private final Supplier<Optional<String>> noPlace;
    private final Predicate<String> hookFails;
    private final List<String> starts = new ArrayList<>();
    private final List<Stop> stops = new ArrayList<>();
    private Service service;
    private long lookAgainIn;

    private Scheduler(
            Service service,
            List<TaskView> tasks,
            long now,
            Supplier<String> newTaskId,
            Supplier<Optional<String>> noPlace,
            Predicate<String> hookFails) {
        this.service = service;
        this.tasks = tasks;
        this.now = now;
        this.newTaskId = newTaskId;
        this.noPlace = noPlace;
        this.hookFails = hookFails;
    }

    /**
     * @param now epoch milliseconds
     * @param noPlace asked when tasks are to be started: the event when they find no place, or empty
     * @param hookFails asked when a lifecycle stage is over that has a hook
     */
    static Step evaluate(
            Service service,
            List<TaskView> tasks,
            long now,
            Supplier<String> newTaskId,
            Supplier<Optional<String>> noPlace,
            Predicate<String> hookFails) {
        Scheduler run = new Scheduler(service, tasks, now, newTaskId, noPlace, hookFails);
        if (service.active()) {
            run.roll();
        } else {
            run.drain();
        }
        return new Step(run.service, run.starts, run.stops, run.lookAgainIn);
    }

    private void roll() {
        hearNews();
        lookAgainIn = Deployments.untilStop(service, now);
        if (lookAgainIn > 0) {
            return;
        }
        service = Deployments.obey(service, now);
        breakCircuit();
        service = ShiftTraffic.advance(service, reached(), now, hookFails);
        lookAgainIn = ShiftTraffic.untilDue(service, now);
        stopLeftovers();
        stopOld();
        startNew();
        complete();
        tellSteady();
    }

    private void drain() {
        stop(tasks.stream().filter(TaskView::alive).toList());
        if (service.status().equals("DRAINING") && tasks.stream().noneMatch(Scheduler::stillThere)) {
            service = service.underWay(entry -> entry.finished("STOPPED", "", now))
                    .status("INACTIVE");
        }
    }

    private static boolean stillThere(TaskView task) {
        return task.alive() || task.phase() == Phase.DRAINING;
    }

    // ---- what happened

    private void hearNews() {
        Deployment primary = service.primary();
        int failures = 0;
        for (TaskView task : tasks) {
            boolean own = task.deployment().equals(primary.id());
            if (task.failed()) {
                tellFailure(task);
                failures += own ? 1 : 0;
            } else if (task.news() == News.WELL && own) {
                service = service.primary(deployment -> deployment.failures(0, now));
            }
        }
        if (failures > 0) {
            int more = failures;
            service = service.primary(deployment -> deployment.failures(more, now));
            tellInconsistent(primary.failedTasks(), primary.failedTasks() + more);
        }
        tellReplaced();
        countForBreaker();
    }

    /** The target groups let go of unhealthy tasks as of others. */
    private void tellReplaced() {
        List<TaskView> leaving =
                tasks.stream().filter(task -> task.news() == News.UNHEALTHY).toList();
        if (!leaving.isEmpty()) {
            deregister(leaving);
            List<String> ids = leaving.stream().map(TaskView::id).toList();
            service = service.event(" has stopped " + ids.size() + " running tasks: " + named(ids) + ".", now);
        }
    }

    private void tellFailure(TaskView task) {
        service = service.steady(false);
        if (task.news() == News.NOT_STARTED) {
            tellOnce(" was unable to place a task. Reason: " + withStop(task.reason()));
        } else if (task.news() == News.UNHEALTHY) {
            String what = task.detail().isEmpty() ? unhealthy(task.reason()) : task.detail();
            service = service.event(" (task " + task.id() + ") " + what, now);
            stops.add(new Stop(task.id(), task.reason()));
        }
    }

    private static String unhealthy(String reason) {
        return reason.replaceFirst("^Task ", "") + ".";
    }

    private static String withStop(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private void tellInconsistent(int before, int after) {
        int row = DeploymentRules.threshold(1);
        if (before < row && after >= row && !service.rules().breaker()) {
            service = service.event(
                    " is unable to consistently start tasks successfully. For more information, see the Troubleshooting"
                            + " section of the Amazon ECS Developer Guide.",
                    now);
        }
    }

    /** ECS leaves out a message that says the same as the one before it. */
    private void tellOnce(String message) {
        String whole = "(service " + service.name() + ")" + message;
        if (service.events().stream().limit(3).noneMatch(event -> event.message()
                .equals(whole))) {
            service = service.event(message, now);
        }
    }

    // ---- the circuit breaker

    private void countForBreaker() {
        Deployment primary = service.primary();
        if (service.rules().breaker() && primary.inProgress() && !primary.rollback()) {
            int threshold = DeploymentRules.threshold(service.desired());
            service = service.underWay(entry -> entry.counted(primary.failedTasks(), threshold, now));
        }
    }

    private void breakCircuit() {
        Deployment primary = service.primary();
        if (service.rules().breaker()
                && primary.inProgress()
                && primary.failedTasks() >= DeploymentRules.threshold(service.desired())) {
            service = Deployments.fail(service, now);
        }
    }

    // ---- what to stop

    /** Of the PRIMARY deployment: what is too much after a scale-in. */
    private void stopLeftovers() {
        List<TaskView> own = alive(true);
        int tooMany = own.size() - service.desired();
        if (tooMany > 0) {
            stop(weakestFirst(own).subList(0, tooMany));
        }
    }

    private void stopOld() {
        if (service.primary().rollout() == Rollout.FAILED || !ShiftTraffic.mayEnd(service)) {
            return;
        }
        List<TaskView> old = weakestFirst(alive(false));
        long healthy = tasks.stream().filter(this::healthy).count();
        long mayGo = healthy - service.rules().least(service.desired());
        List<TaskView> leaving = new ArrayList<>();
        for (TaskView task : old) {
            if (!healthy(task)) {
                leaving.add(task);
            } else if (mayGo > 0) {
                leaving.add(task);
                mayGo--;
            }
        }
        stop(leaving);
    }

    private void stop(List<TaskView> leaving) {
        if (leaving.isEmpty()) {
            return;
        }
        String reason =
                "Scaling activity initiated by (deployment " + service.primary().id() + ")";
        leaving.forEach(task -> stops.add(new Stop(task.id(), reason)));
        List<TaskView> running =
                leaving.stream().filter(task -> task.phase() != Phase.PENDING).toList();
        int pending = leaving.size() - running.size();
        if (pending > 0) {
            service = service.event(" stopped " + pending + " pending tasks.", now);
        }
        if (!running.isEmpty()) {
            List<String> ids = running.stream().map(TaskView::id).toList();
            deregister(running);
            service = service.event(" has stopped " + ids.size() + " running tasks: " + named(ids) + ".", now);
        }
    }

    /** As long as a task drains, the load balancer sends it nothing new. */
    private void deregister(List<TaskView> leaving) {
        String group = TargetGroups.arn(service);
        if (group.isEmpty()) {
            return;
        }
        service = service.event(" deregistered " + leaving.size() + " targets in (target-group " + group + ")", now);
        leaving.stream()
                .collect(Collectors.groupingBy(TaskView::deployment, LinkedHashMap::new, Collectors.counting()))
                .forEach((deployment, count) -> service =
                        service.event(deployment, " has begun draining connections on " + count + " tasks.", now));
    }

    // ---- what to start

    private void startNew() {
        Deployment primary = service.primary();
        int missing = service.desired() - alive(true).size();
        if (missing <= 0 || primary.rollout() == Rollout.FAILED || !ShiftTraffic.mayStart(service)) {
            return;
        }
        service = service.steady(false);
        int alive = alive(true).size() + alive(false).size();
        // Old and new stand side by side when traffic is shifted.
        int room = service.shift().isPresent() ? missing : service.rules().most(service.desired()) - alive;
        if (room <= 0) {
            tellStuck(alive);
            return;
        }
        long pause = pause(primary);
        if (pause > 0) {
            lookAgain(pause);
            return;
        }
        Optional<String> refusal = noPlace.get();
        if (refusal.isPresent()) {
            tellOnce(refusal.get());
            lookAgain(PLACE_AGAIN);
            return;
        }
        start(Math.min(missing, room));
    }

    private void lookAgain(long millis) {
        lookAgainIn = lookAgainIn > 0 ? Math.min(lookAgainIn, millis) : millis;
    }

    private void start(int count) {
        for (int i = 0; i < count; i++) {
            starts.add(newTaskId.get());
        }
        long replaced =
                tasks.stream().filter(task -> task.news() == News.UNHEALTHY).count();
        String why = replaced == 0 ? "" : " Amazon ECS replaced " + replaced + " tasks due to an unhealthy status.";
        service = service.event(" has started " + count + " tasks: " + named(starts) + "." + why, now);
    }

    /** Nothing may be started, nothing is on its way out, and nothing may be stopped. */
    private void tellStuck(int alive) {
        long healthy = tasks.stream().filter(this::healthy).count();
        boolean leaving = tasks.stream().anyMatch(task -> task.phase() == Phase.DRAINING) || !stops.isEmpty();
        if (!leaving && healthy == alive && healthy <= service.rules().least(service.desired())) {
            tellOnce(" was unable to stop or start tasks during a deployment because of the service deployment"
                    + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again.");
        }
    }

    /** Without a circuit breaker the pause grows, as nothing else ends a crash loop. */
    private long pause(Deployment primary) {
        if (primary.failedTasks() == 0) {
            return 0;
        }
        boolean ends = service.rules().breaker() && primary.inProgress();
        int doublings = ends ? 0 : Math.min(10, primary.failedTasks() - 1);
        long pause = Math.min(LONGEST_PAUSE, PAUSE << doublings);
        return primary.lastFailureAt() + pause - now;
    }

    // ---- the end

    private void complete() {
        Deployment primary = service.primary();
        if (primary.inProgress() && reached() && onlyPrimary() && ShiftTraffic.mayEnd(service)) {
            service = Deployments.complete(service, now);
        }
    }

    private boolean reached() {
        List<TaskView> own = alive(true);
        return own.size() == service.desired() && own.stream().allMatch(this::healthy);
    }

    /** No task of another deployment serves any more; that its container takes its time to end doesn't matter. */
    private boolean onlyPrimary() {
        return tasks.stream().noneMatch(task -> !own(task) && stillThere(task)) && stops.isEmpty();
    }

    private void tellSteady() {
        boolean steady = service.primary().rollout() == Rollout.COMPLETED && reached() && stops.isEmpty();
        if (steady && !service.steady()) {
            service = service.event(" has reached a steady state.", now);
        }
        service = service.steady(steady);
    }

    // ---- of tasks

    private boolean own(TaskView task) {
        return task.deployment().equals(service.primary().id());
    }

    private boolean healthy(TaskView task) {
        return task.phase() == Phase.HEALTHY && !stopping(task);
    }

    private boolean stopping(TaskView task) {
        return stops.stream().anyMatch(stop -> stop.task().equals(task.id()));
    }

    private List<TaskView> alive(boolean own) {
        return tasks.stream()
                .filter(task -> task.alive() && own(task) == own && !stopping(task))
                .toList();
    }

    private static List<TaskView> weakestFirst(List<TaskView> some) {
        List<TaskView> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.comparing(TaskView::phase));
        return sorted;
    }

    private static String named(List<String> ids) {
        return ids.stream().map(id -> "(task " + id + ")").collect(Collectors.joining(" "));
    }
}
