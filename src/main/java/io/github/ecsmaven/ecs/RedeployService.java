package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Sleeper;
import java.time.Clock;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Brings a service onto an image and watches it to its true end. */
public final class RedeployService {
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    public RedeployService(EcsClient ecs, RolloutLog log, Clock clock, Sleeper sleeper) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws RolloutFailed when the rollout was begun and failed; a Problem when nothing was changed */
    public Rollout run(RolloutRequest request) throws RolloutFailed {
        throw new UnsupportedOperationException("" + ecs + log + clock + sleeper + request);
    }
}
