package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;

/** A rollout that was begun and failed: the problem for the user, and the record for {@code redeploy.json}. */
public final class RolloutFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Rollout rollout;

    public RolloutFailed(Problem problem, Rollout rollout) {
        super(problem.what(), problem);
        this.problem = problem;
        this.rollout = rollout;
    }

    public Problem problem() {
        return problem;
    }

    public Rollout rollout() {
        return rollout;
    }
}
