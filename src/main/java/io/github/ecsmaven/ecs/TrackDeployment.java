package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation.ImageSeen;
import io.github.ecsmaven.ecs.verdict.Observation.Shift;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/** Reads what ECS's history of deployments tells about one of them: its status, and the digests that ECS resolved. */
final class TrackDeployment {
    private static final int DESCRIBED_AT_ONCE = 20;
    private static final int LISTED_AT_ONCE = 100;

    private final EcsClient ecs;
    private final CallBudget budget;
    private final Expected expected;
    private @Nullable String revision;
    private List<ImageSeen> images = List.of();
    private Optional<Shift> shift = Optional.empty();
    private int running;
    private boolean countMoved;

    TrackDeployment(EcsClient ecs, CallBudget budget, Expected expected) {
        this.ecs = ecs;
        this.budget = budget;
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
        budget.spend();
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
                        ReadObservation.text(entry.statusReason()),
                        Optional.empty()));
    }

    /** The same, looked at more closely: with the stage of a deployment that shifts traffic. */
    Tracked inStage(Tracked tracked) {
        budget.spend();
        return ecs
                .describeServiceDeployments(ask -> ask.serviceDeploymentArns(tracked.arn()))
                .serviceDeployments()
                .stream()
                .findFirst()
                .map(found -> new Tracked(
                        tracked.arn(),
                        ReadObservation.text(found.statusAsString()),
                        ReadObservation.text(found.statusReason()),
                        shift(found)))
                .orElse(tracked);
    }

    /** ECS doesn't tell when a stage or a step began: its last change, when that is seen for the first time, comes nearest. */
    private Optional<Shift> shift(ServiceDeployment found) {
        int now = found.targetServiceRevision() == null
                ? 0
                : ReadObservation.number(found.targetServiceRevision().runningTaskCount());
        countMoved = now != running;
        running = now;
        String stage = ReadObservation.text(found.lifecycleStageAsString());
        if (stage.isEmpty()) {
            return Optional.empty();
        }
        Optional<Double> production = Optional.ofNullable(found.targetServiceRevision())
                .map(ServiceRevisionSummary::requestedProductionTrafficWeight);
        boolean same = shift.filter(known ->
                        known.stage().equals(stage) && known.production().equals(production))
                .isPresent();
        Optional<Instant> since = same ? shift.flatMap(Shift::since) : Optional.ofNullable(found.updatedAt());
        shift = Optional.of(new Shift(stage, production, since));
        return shift;
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
        budget.spend();
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

    /** Whether the last look at the stage found more or less new tasks running than the one before. */
    boolean countMoved() {
        return countMoved;
    }

    /** Whether ECS has told the digest of the container that got the image. */
    boolean resolved() {
        return images.stream()
                .anyMatch(image -> image.container().equals(expected.container())
                        && !image.digest().isEmpty());
    }
}
