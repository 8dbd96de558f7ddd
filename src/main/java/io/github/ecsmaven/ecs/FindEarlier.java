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
                .orElseThrow(() -> unknown("No deployment of '" + service.serviceName()
                        + "' with another task definition is known to have completed."));
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
                .orElseThrow(() -> unknown("No revision of '" + family() + "' is known to run " + digest + "."));
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
            evidence.addAll(evidence(revisions()));
            throw new Problem(problem.blame(), problem.what(), evidence, problem.next(), refused);
        }
        if (found.status() == TaskDefinitionStatus.INACTIVE) {
            throw Problem.ofProject(
                    "The revision '" + named + "' was deregistered: no service can go back to it.",
                    evidence(revisions()),
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

    /** The error that nothing tells what to go back to: with the revisions that there are, one of which is offered. */
    Problem unknown(String what) {
        List<String> revisions = revisions();
        return Problem.ofProject(what, evidence(revisions), next(revisions, service.taskDefinition()));
    }

    /** A hint for an error, which goes without it when it may not be read: the newest ARNs, newest first. */
    private List<String> revisions() {
        try {
            return newest(SHOWN);
        } catch (SdkException notReadable) {
            return List.of();
        }
    }

    private static List<String> evidence(List<String> revisions) {
        return revisions.isEmpty()
                ? List.of()
                : List.of("Newest revisions: "
                        + String.join(", ", revisions.stream().map(Arns::name).toList()));
    }

    /**
     * Offers the newest revision before the one that the service has, else the newest other one. Pure.
     *
     * @param revisions ARNs, newest first
     * @param now ARN of the one that the service has
     */
    static String next(List<String> revisions, String now) {
        List<String> others = revisions.stream().filter(arn -> !arn.equals(now)).toList();
        int at = revisions.indexOf(now);
        List<String> before = at < 0 ? List.of() : revisions.subList(at + 1, revisions.size());
        if (revisions.isEmpty()) {
            return "name the revision to go back to with -Decs.to=<number>.";
        }
        if (others.isEmpty()) {
            return "deploy the version that is wanted: there is no other revision than the one that runs.";
        }
        String offered = before.isEmpty() ? others.get(0) : before.get(0);
        return "name the revision to go back to, such as -Decs.to=" + Arns.revisionNumber(offered) + ".";
    }

    private List<String> newest(int most) {
        return ecs.listTaskDefinitions(
                        ask -> ask.familyPrefix(family()).sort(SortOrder.DESC).maxResults(most))
                .taskDefinitionArns();
    }
}
