package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.aws.AwsProblems;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls ECR's API, again when it asks to call less often or has a fault. The SDK tries each call three times within some two
 * seconds, which is no time where many builds share an account's rate; a push is as patient here as it is with the registry.
 */
final class ApiTries {
    /** For a look before the build, which may fail at once: the SDK's own tries alone. */
    static final ApiTries NONE = new ApiTries(1, text -> {}, pause -> {});

    private final int tries;
    private final Told told;
    private final Sleeper sleeper;

    ApiTries(PushLog log, Sleeper sleeper) {
        this(PushTries.TRIES, log::warning, sleeper);
    }

    private ApiTries(int tries, Told told, Sleeper sleeper) {
        this.tries = tries;
        this.told = told;
        this.sleeper = sleeper;
    }

    @FunctionalInterface
    private interface Told {
        void warning(String text);
    }

    /** One that moves no tag. */
    <T> T call(Supplier<T> call) {
        return call(PushTries.NO_TAG, call);
    }

    /**
     * @param interrupted what became of the tags when it is interrupted here
     * @throws SdkException of the last try, or one that would be the same the next time
     * @throws Problem when it is interrupted
     */
    <T> T call(String interrupted, Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (SdkException error) {
                if (attempt == tries || !AwsProblems.isBusy(error)) {
                    throw error;
                }
                told.warning("ECR is asked again: " + AwsProblems.answer(error));
                pause(attempt, interrupted);
            }
        }
    }

    private void pause(int attempt, String interrupted) {
        try {
            sleeper.sleep(PushTries.pause(attempt));
        } catch (InterruptedException stop) {
            throw PushTries.stopped(interrupted);
        }
    }
}
