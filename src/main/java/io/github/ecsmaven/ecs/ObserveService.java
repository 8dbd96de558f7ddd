package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.LookPlan.Part;
import io.github.ecsmaven.ecs.LookPlan.Shown;
import io.github.ecsmaven.ecs.verdict.CrashLoop;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Observation.TaskSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * Looks at a service whose rollout is watched: DescribeServices each time, tasks and history as {@link LookPlan} says. What
 * only adds detail and is not permitted is asked for once.
 */
final class ObserveService {
    private static final int DESCRIBED_AT_ONCE = 100;

    /** A task that has stopped may be listed a moment after the service shows it. */
    private static final int TRIES = 2;

    private static final Set<DesiredStatus> ALL = EnumSet.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED);

    private static final String TASKS = "ecs:ListTasks and ecs:DescribeTasks";
    private static final String HISTORY = "ecs:ListServiceDeployments and ecs:DescribeServiceRevisions";

    private static final String STAGES = "ecs:DescribeServiceDeployments";

    private final EcsClient ecs;
    private final DescribeTogether together;
    private final RolloutLog log;
    private final Clock clock;
    private final CallBudget budget;
    private final Expected expected;
    private final Set<String> before;
    private final TrackDeployment track;
    private final Set<String> denied;

    private Optional<Shown> shown = Optional.empty();
    /** By ARN. */
    private Map<String, TaskSeen> tasks = Map.of();

    /** CodeDeploy's deployments by the ids of their task sets: tasks stop after their set has gone. */
    private final Map<String, String> taskSets = new HashMap<>();

    private Optional<Tracked> tracked = Optional.empty();
    private Instant tasksRead;
    private Instant historyRead;
    /** How often stopped tasks are still to be looked for. */
    private int tries;

    private int looks;
    private Optional<Observation> last = Optional.empty();

    /**
     * @param before ids of the service events that were there before the rollout
     * @param denied what is known not to be permitted; grows
     */
    ObserveService(
            RolloutApis apis,
            RolloutLog log,
            Clock clock,
            CallBudget budget,
            Expected expected,
            Set<String> before,
            Set<String> denied) {
        this.ecs = apis.ecs();
        this.together = apis.together();
        this.log = log;
        this.clock = clock;
        this.budget = budget;
        this.expected = expected;
        this.before = Set.copyOf(before);
        this.denied = denied;
        this.track = new TrackDeployment(ecs, budget, expected);
        this.tasksRead = clock.instant();
        this.historyRead = tasksRead;
    }

    /** @throws SdkException when the service can't be described */
    Observation run() {
        Observation seen = withStage().orElseGet(this::ofService);
        last = Optional.of(seen);
        return seen;
    }

    /** The last one with the stage as it is now; empty when the service has to be looked at. */
    private Optional<Observation> withStage() {
        boolean enough = isToldByStage()
                && LookPlan.isStageEnough(
                        shown.orElseThrow(), expected.deploymentId(), tracked.orElseThrow(), looks, budget.spare());
        if (!enough) {
            return Optional.empty();
        }
        Optional<String> status = tracked.map(Tracked::status);
        optional(STAGES, () -> tracked = tracked.map(track::inStage));
        looks++;
        return tracked.filter(now -> status.equals(Optional.of(now.status())) && !track.countMoved())
                .flatMap(now -> last.map(before -> before.with(now)));
    }

    private Observation ofService() {
        budget.spend();
        Optional<Service> found = together.look(ecs, expected.cluster(), expected.service(), clock.instant());
        if (found.isEmpty()) {
            return new Observation("MISSING", 0, 0, List.of(), List.of(), Optional.empty(), List.of(), true, List.of());
        }
        Service service = TaskSets.asDeployments(found.get());
        Shown now = new Shown(
                service.deployments().stream().map(ReadObservation::deployment).toList(), events(service));
        read(now, TaskSets.deploymentIds(service));
        return new Observation(
                ReadObservation.text(service.status()),
                ReadObservation.number(service.desiredCount()),
                ReadObservation.number(service.runningCount()),
                now.deployments(),
                List.copyOf(tasks.values()),
                tracked,
                track.images(),
                !denied.containsAll(Set.of(TASKS, HISTORY)),
                now.events());
    }

    /** The same with the tasks as they are now, which explain a failure; as it was when they can't be read. */
    Observation withTasks(Observation seen) {
        try {
            optional(TASKS, () -> readTasks(ALL));
        } catch (SdkException fault) {
            log.detail("The tasks can't be read: " + AwsProblems.message(fault));
        }
        return seen.with(List.copyOf(tasks.values()));
    }

    private List<String> events(Service service) {
        return service.events().stream()
                .filter(event -> !before.contains(event.id()))
                .map(ServiceEvent::message)
                .map(ReadObservation::text)
                .toList();
    }

    /** @param ids of CodeDeploy's deployments by their task sets' */
    private void read(Shown now, Map<String, String> ids) {
        taskSets.putAll(ids);
        if (LookPlan.mayHaveStopped(now, expected.deploymentId(), shown)) {
            tries = TRIES;
        }
        Set<Part> parts = LookPlan.parts(now, expected.deploymentId(), known());
        if (parts.contains(Part.TASKS)) {
            optional(TASKS, () -> readTasks(ALL));
        } else if (parts.contains(Part.STOPPED)) {
            optional(TASKS, () -> readTasks(Set.of(DesiredStatus.STOPPED)));
        } else if (parts.contains(Part.RUNNING)) {
            optional(TASKS, () -> readTasks(Set.of(DesiredStatus.RUNNING)));
        }
        if (parts.contains(Part.HISTORY) && !expected.isByCodeDeploy() && !isToldByStage()) {
            optional(
                    HISTORY,
                    () -> tracked =
                            track.run(now.deployment(expected.deploymentId()).map(Deployed::createdAt)));
            historyRead = clock.instant();
        }
        if (expected.strategy().shifts()
                && (parts.contains(Part.HISTORY) || LookPlan.isTimeForBoth(looks, budget.spare()))) {
            optional(STAGES, () -> tracked = tracked.map(track::inStage));
        }
        looks++;
        // Kept only when all was read: after a fault the next look finds the same change.
        shown = Optional.of(now);
    }

    /** The service deployment itself tells its status too; without the permission for it the history has to go on telling that. */
    private boolean isToldByStage() {
        return expected.strategy().shifts()
                && tracked.isPresent()
                && (expected.isRollback() || track.resolved())
                && !denied.contains(STAGES);
    }

    private LookPlan.Known known() {
        boolean proved = expected.image().isEmpty() || track.resolved() || denied.containsAll(Set.of(TASKS, HISTORY));
        Instant now = clock.instant();
        return new LookPlan.Known(
                shown,
                expected.strategy().shifts(),
                tracked.filter(entry -> entry.status().equals("SUCCESSFUL")).isPresent(),
                proved,
                tracked.map(Tracked::rollingBack).orElse(false),
                tries > 0,
                (int) tasks.values().stream()
                        .filter(task -> CrashLoop.isFailed(task, expected))
                        .count(),
                Duration.between(tasksRead, now),
                Duration.between(historyRead, now),
                budget.spare());
    }

    private void readTasks(Set<DesiredStatus> statuses) {
        boolean all = statuses.equals(ALL);
        Map<String, TaskSeen> seen = new LinkedHashMap<>(all ? Map.of() : tasks);
        List<String> open = new ArrayList<>();
        for (String arn : listed(statuses)) {
            TaskSeen known = tasks.get(arn);
            if (known != null && known.lastStatus().equals("STOPPED")) {
                seen.put(arn, known);
            } else {
                open.add(arn);
            }
        }
        describe(open, seen);
        if (statuses.contains(DesiredStatus.STOPPED)) {
            tries = open.isEmpty() || all ? Math.max(0, tries - 1) : 0;
        }
        tasks = seen;
        tasksRead = all ? clock.instant() : tasksRead;
    }

    /** By service name and then by startedBy: as a filter of ListTasks startedBy must stand alone (API reference). */
    private Set<String> listed(Set<DesiredStatus> statuses) {
        // A task that stops between the two lists is in both.
        Set<String> listed = new LinkedHashSet<>();
        for (DesiredStatus status : statuses) {
            for (ListTasksResponse page : ecs.listTasksPaginator(ask -> ask.cluster(expected.cluster())
                    .serviceName(expected.service())
                    .desiredStatus(status))) {
                budget.spend();
                listed.addAll(page.taskArns());
            }
        }
        return listed;
    }

    private void describe(List<String> arns, Map<String, TaskSeen> seen) {
        for (int from = 0; from < arns.size(); from += DESCRIBED_AT_ONCE) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + DESCRIBED_AT_ONCE));
            budget.spend();
            ecs.describeTasks(ask -> ask.cluster(expected.cluster()).tasks(some))
                    .tasks()
                    .forEach(task -> seen.put(task.taskArn(), ReadObservation.task(task, taskSets)));
        }
    }

    private void optional(String permissions, Runnable ask) {
        if (denied.contains(permissions)) {
            return;
        }
        try {
            ask.run();
        } catch (AwsServiceException refused) {
            if (AwsProblems.isPassing(refused)) {
                throw refused;
            }
            denied.add(permissions);
            log.warning("Less is known about this rollout without " + permissions + " (" + AwsProblems.code(refused)
                    + ").");
        }
    }
}
