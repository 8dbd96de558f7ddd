package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.Observation.ImageSeen;
import io.github.ecsmaven.ecs.Observation.TaskSeen;
import io.github.ecsmaven.ecs.Observation.Tracked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** Looks at a service whose rollout is watched. What only adds detail and is not permitted is asked for once. */
final class ObserveService {
    private static final int DESCRIBED_AT_ONCE = 100;

    private final EcsClient ecs;
    private final RolloutLog log;
    private final Expected expected;
    private final Set<String> before;
    private final Set<String> denied = new HashSet<>();
    private @Nullable String revisionArn;
    private List<ImageSeen> images = List.of();

    /** @param before ids of the service events that were there before the rollout */
    ObserveService(EcsClient ecs, RolloutLog log, Expected expected, Set<String> before) {
        this.ecs = ecs;
        this.log = log;
        this.expected = expected;
        this.before = Set.copyOf(before);
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
        Service service = found.get();
        var deployments =
                service.deployments().stream().map(ReadObservation::deployment).toList();
        List<TaskSeen> tasks = optional("ecs:ListTasks and ecs:DescribeTasks", this::tasks, List.of());
        Optional<Tracked> tracked = deployments.stream()
                .filter(d -> d.id().equals(expected.deploymentId()))
                .findFirst()
                .map(Observation.Deployed::createdAt)
                .flatMap(created -> optional(
                        "ecs:ListServiceDeployments and ecs:DescribeServiceRevisions",
                        () -> tracked(created),
                        Optional.<Tracked>empty()))
                .or(this::trackedBefore);
        return new Observation(
                ReadObservation.text(service.status()),
                ReadObservation.number(service.desiredCount()),
                ReadObservation.number(service.runningCount()),
                deployments,
                tasks,
                tracked,
                images,
                denied.size() < 2,
                events(service));
    }

    private List<String> events(Service service) {
        return service.events().stream()
                .filter(event -> !before.contains(event.id()))
                .map(ServiceEvent::message)
                .map(ReadObservation::text)
                .toList();
    }

    /** By service name and then by startedBy: as a filter of ListTasks startedBy must stand alone (API reference). */
    private List<TaskSeen> tasks() {
        List<String> arns = new ArrayList<>();
        for (DesiredStatus status : List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)) {
            arns.addAll(ecs.listTasks(ask -> ask.cluster(expected.cluster())
                            .serviceName(expected.service())
                            .desiredStatus(status))
                    .taskArns());
        }
        List<TaskSeen> tasks = new ArrayList<>();
        for (int from = 0; from < arns.size(); from += DESCRIBED_AT_ONCE) {
            List<String> some = arns.subList(from, Math.min(arns.size(), from + DESCRIBED_AT_ONCE));
            ecs.describeTasks(ask -> ask.cluster(expected.cluster()).tasks(some)).tasks().stream()
                    .map(ReadObservation::task)
                    .forEach(tasks::add);
        }
        return tasks;
    }

    /** After a rollback our deployment may be gone from DescribeServices; its service deployment is still listed. */
    private Optional<Tracked> trackedBefore() {
        return revisionArn == null
                ? Optional.empty()
                : optional(
                        "ecs:ListServiceDeployments and ecs:DescribeServiceRevisions",
                        () -> tracked(Instant.EPOCH),
                        Optional.<Tracked>empty());
    }

    private Optional<Tracked> tracked(Instant created) {
        List<ServiceDeploymentBrief> listed = ecs.listServiceDeployments(
                        ask -> ask.cluster(expected.cluster()).service(expected.service()))
                .serviceDeployments();
        if (revisionArn == null) {
            findRevision(listed, created);
        }
        String ours = revisionArn;
        return listed.stream()
                .filter(d -> ours != null && ours.equals(d.targetServiceRevisionArn()))
                .findFirst()
                .map(d ->
                        new Tracked(ReadObservation.text(d.statusAsString()), ReadObservation.text(d.statusReason())));
    }

    /**
     * DescribeServices and ListServiceDeployments name the same deployment by different ids. Ours is the first one that was created
     * with or after it and brings its task definition.
     */
    private void findRevision(List<ServiceDeploymentBrief> listed, Instant created) {
        List<String> candidates = listed.stream()
                .filter(d -> d.targetServiceRevisionArn() != null && d.createdAt() != null)
                .filter(d -> !d.createdAt().isBefore(created.minusSeconds(1)))
                .sorted(Comparator.comparing(ServiceDeploymentBrief::createdAt))
                .map(ServiceDeploymentBrief::targetServiceRevisionArn)
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        List<ServiceRevision> revisions = ecs.describeServiceRevisions(
                        ask -> ask.serviceRevisionArns(candidates.subList(0, Math.min(20, candidates.size()))))
                .serviceRevisions();
        revisions.stream()
                .filter(r -> expected.taskDefinition().equals(r.taskDefinition()))
                .min(Comparator.comparingInt(r -> candidates.indexOf(r.serviceRevisionArn())))
                .ifPresent(this::remember);
    }

    private void remember(ServiceRevision revision) {
        images = revision.containerImages().stream()
                .map(image -> new ImageSeen(
                        ReadObservation.text(image.containerName()),
                        ReadObservation.text(image.image()),
                        ReadObservation.text(image.imageDigest())))
                .toList();
        // ECS resolves the digests a moment after it made the revision.
        if (images.stream().noneMatch(image -> image.digest().isEmpty())) {
            revisionArn = revision.serviceRevisionArn();
        }
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
