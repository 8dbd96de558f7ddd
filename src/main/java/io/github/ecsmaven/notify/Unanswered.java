package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;

/** A message was sent and not answered: somebody may have been told. */
final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    Unanswered(Problem problem) {
        super(problem);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
