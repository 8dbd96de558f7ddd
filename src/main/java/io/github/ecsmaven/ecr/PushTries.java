package io.github.ecsmaven.ecr;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RegistryFailure;
import io.github.ecsmaven.RegistryHost;
import io.github.ecsmaven.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/** Sends something to a registry, again when the failure may pass; else it is told in words. */
final class PushTries {
    static final String NO_TAG = "no tag was moved";
    static final String SOME_TAGS = "some of its tags may have been moved";
    static final int TRIES = 5;

    private final PushLog log;
    private final Sleeper sleeper;

    PushTries(PushLog log, Sleeper sleeper) {
        this.log = log;
        this.sleeper = sleeper;
    }

    /** @param interrupted what became of the tags when the push is interrupted here */
    void run(PushTarget target, ExplainPush explain, String interrupted, Send send) {
        for (int attempt = 1; ; attempt++) {
            try {
                RegistryHost.requireKnown(target.image().getRegistry());
                send.run();
                return;
            } catch (ExecutionException | IOException | RegistryException | CredentialRetrievalException error) {
                Throwable cause = cause(error);
                if (cause instanceof Problem known) {
                    throw known;
                }
                RegistryFailure failure = RegistryFailure.of(cause);
                if (attempt == TRIES || !failure.kind().isPassing()) {
                    throw explain.explain(failure, cause);
                }
                log.warning("The push is tried again: " + failure.answer());
                pause(attempt, interrupted);
            } catch (InterruptedException stop) {
                throw stopped(interrupted);
            }
        }
    }

    static Throwable cause(Exception error) {
        return error instanceof ExecutionException && error.getCause() != null ? error.getCause() : error;
    }

    /** Twice as long each time, from half a second on, and never the same for two builds. */
    static Duration pause(int attempt) {
        long most = 500L << attempt;
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
    }

    private void pause(int attempt, String interrupted) {
        try {
            sleeper.sleep(pause(attempt));
        } catch (InterruptedException stop) {
            throw stopped(interrupted);
        }
    }

    static Problem stopped(String tags) {
        Thread.currentThread().interrupt();
        return Problem.ofProject("The push was interrupted; " + tags + ".", "run it again.");
    }

    @FunctionalInterface
    interface Send {
        void run()
                throws IOException, RegistryException, CredentialRetrievalException, ExecutionException,
                        InterruptedException;
    }
}
