package io.github.ecsmaven.ecs;

import java.time.Duration;

/** What a rollout has to tell while it happens. */
public interface RolloutLog {
    /** A detail for {@code -X}. */
    void detail(String text);

    /** It works, but look: a missing optional permission, desired count 0. */
    void warning(String text);

    /** What is about to change: {@code Rollout of orders in uat: revision 17 -> 18 (image only)}. */
    void planned(String text);

    /**
     * From now on it is watched.
     *
     * @param revision that it brings: {@code 18}
     */
    default void watched(String revision) {}

    /**
     * From now on, until it is over, this is to be told when a signal ends Maven.
     *
     * @param line {@code Interrupted: deployment ecs-svc/1 of orders goes on in ECS; …}; it replaces the one before
     */
    default void ifInterrupted(String line) {}

    /**
     * Where it stands; the receiver prints it when it differs from the last one, or when long nothing was said.
     *
     * @param elapsed since the rollout began
     * @param state {@code new 1/2 (1 pending)     old 2/2}
     */
    void state(Duration elapsed, String state);

    /**
     * A service event of ECS that says more than the state does, once.
     *
     * @param elapsed since the rollout began
     * @param message {@code ECS: service orders was unable to place a task. …}
     */
    void event(Duration elapsed, String message);
}
