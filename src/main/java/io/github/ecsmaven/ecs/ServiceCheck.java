package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import java.util.Optional;

/** Asks a service whether it works, when its rollout has come to a good end. */
public interface ServiceCheck {
    /** What it is going to ask, for a dry run: {@code /health for status 200}. */
    String words();

    /**
     * Before anything is changed.
     *
     * @param url of the service that exists, as far as it is known
     * @throws Problem when the service can't be asked
     */
    void require(Optional<String> url);

    /** @return why it does not work; empty when it does */
    Optional<Problem> run(Rollout rollout) throws InterruptedException;
}
