package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Arns;

/** What became of a service whose rollout did not fail, as a sentence. Pure. */
final class SayEnd {
    private SayEnd() {}

    /** {@code The other service 'web' completed on revision 18.} */
    static String ofOther(Rollout rollout) {
        return "The other service '" + rollout.service() + "' " + of(rollout) + ".";
    }

    static String unchanged(String service) {
        return "The other service '" + service + "' was not changed.";
    }

    /** {@code completed on revision 18}. */
    static String of(Rollout rollout) {
        String revision = Arns.revision(rollout.taskDefinition());
        return switch (rollout.outcome()) {
            case COMPLETED -> "completed on " + revision;
            case TRAFFIC_SHIFTED -> "has all its production traffic on " + revision;
            case STARTED -> "began its rollout to " + revision + "; nobody waits for its end (ecs.wait=false)";
            case UNCHANGED -> "runs this image already, on " + revision;
            case PLANNED -> "was not changed (ecs.dryRun)";
            case FAILED -> "failed on " + revision;
            case ROLLED_BACK -> "was rolled back to " + revision;
        };
    }
}
