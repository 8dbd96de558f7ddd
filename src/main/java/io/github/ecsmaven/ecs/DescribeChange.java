package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Digest;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Says in a few words what is about to change. */
final class DescribeChange {
    private DescribeChange() {}

    static String revision(RolloutRequest request, String current, ContainerDefinition container) {
        ImageName before = ImageName.parse(container.image());
        String from = Arns.revisionNumber(current);
        // The next number is ECS's to give; it counts on from the newest of the family.
        return "Rollout of " + where(request) + ": new revision after " + from + " (image only: " + before(before)
                + " -> " + request.digest().shortText() + ")";
    }

    static String registered(RolloutRequest request, String current, String fresh) {
        return "Rollout of " + where(request) + ": revision " + Arns.revisionNumber(current) + " -> "
                + Arns.revisionNumber(fresh) + " (image only)";
    }

    static String restart(RolloutRequest request, String current) {
        return "Restart of " + where(request) + " on " + Arns.revision(current) + " (the tag now means "
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

    private static String before(ImageName before) {
        return before.digest()
                .filter(digest -> digest.matches("sha256:[0-9a-f]{64}"))
                .map(digest -> new Digest(digest).shortText())
                .orElse(before.repository());
    }

    private static String where(RolloutRequest request) {
        return request.service() + " in " + Arns.name(request.cluster());
    }
}
