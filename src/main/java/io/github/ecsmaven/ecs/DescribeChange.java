package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.ecs.definition.CompareDefinitions;
import io.github.ecsmaven.ecs.definition.ImageName;
import io.github.ecsmaven.ecs.verdict.Arns;
import java.util.List;

/** Says in a few words what is about to change. */
final class DescribeChange {
    private static final int MOST_CHANGES = 6;

    private DescribeChange() {}

    /** Before: the next number is ECS's to give; it counts on from the newest of the family. */
    static String revision(RolloutRequest request, BeginRollout.Plan plan) {
        String images = before(plan.before()) + " -> " + request.digest().shortText();
        List<String> changes = plan.changes().stream()
                .map(change -> change.equals(CompareDefinitions.IMAGE) ? "image " + images : change)
                .toList();
        String told = isImageOnly(plan) ? "image only: " + images : shortened(changes);
        return "Rollout of " + where(request) + ": new revision after " + Arns.revisionNumber(plan.arn()) + " (" + told
                + ")";
    }

    static String begun(RolloutRequest request, BeginRollout.Plan plan, RegisterRevision.Revision revision) {
        boolean family = Arns.family(plan.arn()).equals(Arns.family(revision.arn()));
        String from = family ? "revision " + Arns.revisionNumber(plan.arn()) : Arns.name(plan.arn());
        String to = family ? Arns.revisionNumber(revision.arn()) : Arns.name(revision.arn());
        String there = revision.fresh() ? "" : ", which was there";
        return "Rollout of " + where(request) + ": " + from + " -> " + to + there + " ("
                + (isImageOnly(plan) ? "image only" : shortened(plan.changes())) + ")";
    }

    private static boolean isImageOnly(BeginRollout.Plan plan) {
        return plan.changes().equals(List.of(CompareDefinitions.IMAGE));
    }

    private static String shortened(List<String> changes) {
        return changes.size() <= MOST_CHANGES
                ? String.join(", ", changes)
                : String.join(", ", changes.subList(0, MOST_CHANGES)) + " and " + (changes.size() - MOST_CHANGES)
                        + " more";
    }

    /** A container that is pinned starts the same again, whatever a tag means. */
    static String restart(RolloutRequest request, BeginRollout.Plan plan) {
        boolean pinned = ImageName.parse(plan.before()).digest().isPresent();
        return "Restart of " + where(request) + " on " + Arns.revision(plan.arn())
                + (pinned ? " (pinned to " : " (the tag now means ")
                + request.digest().shortText() + ")";
    }

    static String unchanged(RolloutRequest request, String current) {
        return where(request) + " already runs " + request.digest().shortText() + " (" + Arns.revision(current)
                + "): nothing to do";
    }

    static String again(RolloutRequest request, String current) {
        return "Rollout of " + where(request) + ": " + Arns.revision(current) + " again, it did not complete";
    }

    static String created(RolloutRequest request) {
        return "New service " + where(request) + " on " + request.digest().shortText();
    }

    private static String before(String image) {
        if (image.isEmpty()) {
            return "none";
        }
        ImageName before = ImageName.parse(image);
        return before.digest()
                .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                .map(digest -> new Digest(digest).shortText())
                .orElse(before.repository());
    }

    private static String where(RolloutRequest request) {
        return request.service() + " in " + Arns.name(request.cluster());
    }
}
