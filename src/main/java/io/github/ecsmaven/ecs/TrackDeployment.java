package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.Observation.ImageSeen;
import io.github.ecsmaven.ecs.Observation.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** Reads what ECS's history of deployments tells about one of them: its status, and the digests that ECS resolved. */
final class TrackDeployment {
    private static final int DESCRIBED_AT_ONCE = 20;
    private static final int LISTED_AT_ONCE = 100;

    private final EcsClient ecs;
    private final Expected expected;
    private @Nullable String revision;
    private List<ImageSeen> images = List.of();

    TrackDeployment(EcsClient ecs, Expected expected) {
        this.ecs = ecs;
        this.expected = expected;
    }

    /** What ECS resolved for the deployment's service revision; empty while that is not known. */
    List<ImageSeen> images() {
        return images;
    }

    /**
     * @param created when the deployment was created; empty when DescribeServices shows it no more, as after a rollback
     * @return empty while the history has no such entry
     */
    Optional<Tracked> run(Optional<Instant> created) {
        if (created.isEmpty() && revision == null) {
            return Optional.empty();
        }
        List<ServiceDeploymentBrief> listed = ecs.listServiceDeployments(ask -> ask.cluster(expected.cluster())
                        .service(expected.service())
                        .maxResults(LISTED_AT_ONCE))
                .serviceDeployments();
        if (revision == null) {
            created.ifPresent(time -> find(listed, time));
        } else if (!resolved()) {
            // ECS resolves the digests a moment after it made the revision.
            describe(List.of(revision)).forEach(this::remember);
        }
        String ours = revision;
        return listed.stream()
                .filter(entry -> ours != null && ours.equals(entry.targetServiceRevisionArn()))
                .findFirst()
                .map(entry -> new Tracked(
                        ReadObservation.text(entry.serviceDeploymentArn()),
                        ReadObservation.text(entry.statusAsString()),
                        ReadObservation.text(entry.statusReason())));
    }

    /**
     * DescribeServices and ListServiceDeployments name the same deployment by different ids. Ours is the one that brings
     * its task definition and was created nearest to it; a restart right after a restart has its twin within a second.
     */
    private void find(List<ServiceDeploymentBrief> listed, Instant created) {
        List<String> candidates = listed.stream()
                .filter(entry -> entry.targetServiceRevisionArn() != null && entry.createdAt() != null)
                .filter(entry -> !entry.createdAt().isBefore(created.minusSeconds(1)))
                .sorted(Comparator.comparing(
                        entry -> Duration.between(created, entry.createdAt()).abs()))
                .map(ServiceDeploymentBrief::targetServiceRevisionArn)
                .limit(DESCRIBED_AT_ONCE)
                .toList();
        if (!candidates.isEmpty()) {
            describe(candidates).stream()
                    .filter(found -> expected.taskDefinition().equals(found.taskDefinition()))
                    .min(Comparator.comparingInt(found -> candidates.indexOf(found.serviceRevisionArn())))
                    .ifPresent(this::remember);
        }
    }

    private List<ServiceRevision> describe(List<String> arns) {
        return ecs.describeServiceRevisions(ask -> ask.serviceRevisionArns(arns))
                .serviceRevisions();
    }

    private void remember(ServiceRevision found) {
        revision = found.serviceRevisionArn();
        images = found.containerImages().stream()
                .map(image -> new ImageSeen(
                        ReadObservation.text(image.containerName()),
                        ReadObservation.text(image.image()),
                        ReadObservation.text(image.imageDigest())))
                .toList();
    }

    private boolean resolved() {
        return images.stream()
                .anyMatch(image -> image.container().equals(expected.container())
                        && !image.digest().isEmpty());
    }
}
