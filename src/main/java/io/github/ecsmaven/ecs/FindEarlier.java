package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Finds the task definition that a service is to go back to. */
final class FindEarlier {
    /** So many revisions of a family are looked at for a digest. */
    private static final int MOST = 20;

    private static final int SHOWN = 5;

    private final EcsClient ecs;
    private final Service service;

    FindEarlier(EcsClient ecs, Service service) {
        this.ecs = ecs;
        this.service = service;
    }

    /**
     * The ARN of the one that is meant.
     *
     * @param to as in {@link RollBackRequest}
     * @throws Problem when there is none
     */
    String run(Optional<String> to) {
        if (to.isEmpty()) {
            return lastGood();
        }
        return to.get().startsWith("sha256:") ? ofDigest(to.get()) : ofRevision(to.get());
    }

    /** The last deployment that completed; one with the task definition that the service has now is no way back. */
    private String lastGood() {
        List<String> completed = new ArrayList<>(CompletedVersions.shown(service));
        completed.addAll(history().stream().map(ServiceRevision::taskDefinition).toList());
        return completed.stream()
                .filter(arn -> !arn.equals(service.taskDefinition()))
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "No deployment of '" + service.serviceName()
                                + "' with another task definition is known to have completed.",
                        revisions(),
                        "name the revision to go back to: -Decs.to=17."));
    }

    private List<ServiceRevision> history() {
        return CompletedVersions.recorded(ecs, service, CompletedVersions.MOST);
    }

    /** History knows what a tag meant; a pinned task definition says it itself. */
    private String ofDigest(String digest) {
        Optional<String> resolved = history().stream()
                .filter(revision -> revision.containerImages().stream()
                        .anyMatch(image ->
                                ReadObservation.text(image.imageDigest()).startsWith(digest)))
                .map(ServiceRevision::taskDefinition)
                .findFirst();
        return resolved.or(() -> pinned(digest))
                .orElseThrow(() -> Problem.ofProject(
                        "No revision of '" + family() + "' is known to run " + digest + ".",
                        revisions(),
                        "name a revision instead: -Decs.to=17."));
    }

    private Optional<String> pinned(String digest) {
        return EcsCalls.call(
                "look for " + digest + " in the task definitions of '" + family() + "'", () -> newest(MOST).stream()
                        .filter(arn -> describe(arn).containerDefinitions().stream()
                                .anyMatch(container ->
                                        ReadObservation.text(container.image()).contains("@" + digest)))
                        .findFirst());
    }

    private String ofRevision(String to) {
        String named = to.matches("\\d+") ? family() + ":" + to : to;
        TaskDefinition found;
        try {
            found = describe(named);
        } catch (SdkException refused) {
            Problem problem = EcsCalls.problem("go back to '" + named + "'", refused);
            List<String> evidence = new ArrayList<>(problem.evidence());
            evidence.addAll(revisions());
            throw new Problem(problem.blame(), problem.what(), evidence, problem.next(), refused);
        }
        if (found.status() == TaskDefinitionStatus.INACTIVE) {
            throw Problem.ofProject(
                    "The revision '" + named + "' was deregistered: no service can go back to it.",
                    revisions(),
                    "name one that is ACTIVE, or register it again.");
        }
        return found.taskDefinitionArn();
    }

    private TaskDefinition describe(String name) {
        return ecs.describeTaskDefinition(ask -> ask.taskDefinition(name)).taskDefinition();
    }

    private String family() {
        return Arns.family(service.taskDefinition());
    }

    /** A hint for an error, which goes without it when it may not be read. */
    private List<String> revisions() {
        try {
            List<String> newest = newest(SHOWN);
            return newest.isEmpty()
                    ? List.of()
                    : List.of("Newest revisions: "
                            + String.join(", ", newest.stream().map(Arns::name).toList()));
        } catch (SdkException notReadable) {
            return List.of();
        }
    }

    private List<String> newest(int most) {
        return ecs.listTaskDefinitions(
                        ask -> ask.familyPrefix(family()).sort(SortOrder.DESC).maxResults(most))
                .taskDefinitionArns();
    }
}
