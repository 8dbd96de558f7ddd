package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls ECS and turns what goes wrong into a problem, once for the whole room. */
final class EcsCalls {
    /** The remedy belongs to ECS alone; the text is ECS's (shared table of messages). */
    private static final Map<String, String> NEXT = Map.of(
            "TaskDefinition is inactive",
                    "the task definition was deregistered: register it again, or bring the service onto an active one.",
            "Too many concurrent attempts to create a new revision",
                    "run it again: another build registers the same family at this moment.",
            "require task definition to have execution role ARN", "set executionRoleArn in the task definition.",
            "does not exist in the task definition",
                    "keep the container's name: a load balancer of the service points at it.",
            "Unable to Start a service that is still Draining",
                    "wait until the old service of this name is gone, then run it again.",
            "service linked role", "run: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com");

    private EcsCalls() {}

    /**
     * @param doing what is tried, as in "describe service 'orders'"
     * @throws Problem when it does not succeed
     */
    static <T> T call(String doing, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException refused) {
            throw problem(doing, refused);
        }
    }

    static Problem problem(String doing, SdkException refused) {
        Problem general = AwsProblems.translate(doing, refused);
        String message = AwsProblems.message(refused);
        return NEXT.entrySet().stream()
                .filter(row -> message.contains(row.getKey()))
                .findFirst()
                .map(row -> new Problem(general.blame(), general.what(), general.evidence(), row.getValue(), refused))
                .orElse(general);
    }
}
