package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.KnownCause;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls ECS and turns what goes wrong into a problem, once for the whole room. */
final class EcsCalls {
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
        String said = AwsProblems.code(refused) + ": " + AwsProblems.message(refused);
        return KnownCause.ofRefusal(said)
                .map(cause -> new Problem(
                        general.blame(),
                        "Could not " + doing + ": " + cause.saying() + ".",
                        general.evidence(),
                        cause.next(),
                        refused))
                .orElse(general);
    }
}
