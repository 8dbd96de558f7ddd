package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.Observation.Deployed;
import io.github.ecsmaven.ecs.Observation.TaskSeen;
import io.github.ecsmaven.ecs.Observation.Tracked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * Looks at a service whose rollout is watched: DescribeServices each time, tasks and history when that shows a change. What
 * only adds detail and is not permitted is asked for once.
 */
final class ObserveService {
    private static final int DESCRIBED_AT_ONCE = 100;

    /** A task's health and its draining leave no trace in DescribeServices: they are read every so many looks. */
    private static final int FULL_LOOK = 5;

    /** Once tasks have failed: the third of a crash loop leaves no trace there either. */
    private static final int ALERT_LOOK = 2;

    /** The stages of a deployment that shifts traffic leave none there at all. */
    private static final int STAGE_LOOK = 3;

    private static final String TASKS = "ecs:ListTasks and ecs:DescribeTasks";
    private static final String HISTORY = "ecs:ListServiceDeployments and ecs:DescribeServiceRevisions";

    private static final String STAGES = "ecs:DescribeServiceDeployments";

    private final EcsClient ecs;
    private final RolloutLog log;
    private final Expected expected;
    private final Set<String> before;
    private final TrackDeployment track;
    private final Set<String> denied;

    private Shown shown = new Shown(List.of(), List.of());
    private int looks;
    private List<TaskSeen> tasks = List.of();
    private Optional<Tracked> tracked = Optional.empty();

    /**
     * @param before ids of the service events that were there before the rollout
     * @param track of the deployment that is watched
     * @param denied what is known not to be permitted; grows
     */
    ObserveService(
            EcsClient ecs,
            RolloutLog log,
            Expected expected,
            Set<String> before,
            TrackDeployment track,
            Set<String> denied) {
        this.ecs = ecs;
        this.log = log;
        this.expected = expected;
        this.before = Set.copyOf(before);
        this.track = track;
        this.denied = denied;
    }

    /** What DescribeServices shows and what tells a change. */
    private record Shown(List<Deployed> deployments, List<String> events) {
        Optional<Deployed> deployment(String id) {
            return deployments.stream().filter(d -> d.id().equals(id)).findFirst();
        }
    }

    /** @throws software.amazon.awssdk.core.exception.SdkException when the service can't be described */
    Observation run() {
        Optional<Service> found = ecs
                .describeServices(ask -> ask.cluster(expected.cluster()).services(expected.service()))
                .services()
                .stream()
                .findFirst();
        if (found.isEmpty()) {
            return new Observation("MISSING", 0, 0, List.of(), List.of(), Optional.empty(), List.of(), true, List.of());
        }
        Service service = TaskSets.asDeployments(found.get());
        Shown now = new Shown(
                service.deployments().stream().map(ReadObservation::deployment).toList(), events(service));
        if (isDue(now)) {
            lookCloser(now, TaskSets.deploymentIds(service));
        }
        if (expected.strategy().shifts() && looks % STAGE_LOOK == 0) {
            tracked = optional(STAGES, () -> tracked.map(track::inStage), tracked);
        }
        looks++;
        return new Observation(
                ReadObservation.text(service.status()),
                ReadObservation.number(service.desiredCount()),
                ReadObservation.number(service.runningCount()),
                now.deployments(),
                tasks,
                tracked,
                track.images(),
                !denied.containsAll(Set.of(TASKS, HISTORY)),
                now.events());
    }

    private List<String> events(Service service) {
        return service.events().stream()
                .filter(event -> !before.contains(event.id()))
                .map(ServiceEvent::message)
                .map(ReadObservation::text)
                .toList();
    }

    /** A deployment that completed is looked at until its image is proved; one that shifts traffic may be steady for long. */
    private boolean isDue(Shown now) {
        boolean completed = !expected.strategy().shifts()
                && now.deployment(expected.deploymentId())
                        .map(ours -> ours.rolloutState().equals("COMPLETED"))
                        .orElse(false);
        return completed || looks % every() == 0 || !now.equals(shown);
    }

    private int every() {
        return tasks.stream().anyMatch(task -> CrashLoop.isFailed(task, expected)) ? ALERT_LOOK : FULL_LOOK;
    }

    /** @param ids of CodeDeploy's deployments by their task sets' */
    private void lookCloser(Shown now, Map<String, String> ids) {
        Optional<Instant> created = now.deployment(expected.deploymentId()).map(Deployed::createdAt);
        tasks = optional(TASKS, () -> tasks(ids), tasks);
        if (!expected.isByCodeDeploy()) {
            tracked = optional(HISTORY, () -> track.run(created), tracked);
        }
        // Kept only when all was read: after a fault the next look is a close one again.
        shown = now;
        looks = 0;
    }

    /** By service name and then by startedBy: as a filter of ListTasks startedBy must stand alone (API reference). */
    private List<TaskSeen> tasks(Map<String, String> ids) {
        // A task that stops between the two lists is in both.
        Set<String> listed = new LinkedHashSet<>();
        for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
            ecs.listTasksPaginator(ask -> ask.cluster(expected.cluster())
                            .serviceName(expected.service())
                            .desiredStatus(status))
                    .taskArns()
                    .forEach(listed::add);
        }
        List<String> arns = List.copyOf(listed);
        List<TaskSeen> described = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += DESCRIBED_AT_ONCE) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + DESCRIBED_AT_ONCE));
            ecs.describeTasks(ask -> ask.cluster(expected.cluster()).tasks(some)).tasks().stream()
                    .map(task -> ReadObservation.task(task, ids))
                    .forEach(described::add);
        }
        return List.copyOf(described);
    }

    private <T> T optional(String permissions, Supplier<T> ask, T otherwise) {
        if (denied.contains(permissions)) {
            return otherwise;
        }
        try {
            return ask.get();
        } catch (AwsServiceException refused) {
            if (AwsProblems.isPassing(refused)) {
                throw refused;
            }
            denied.add(permissions);
            log.warning("Less is known about this rollout without " + permissions + " (" + AwsProblems.code(refused)
                    + ").");
            return otherwise;
        }
    }
}
