package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.EvaluateRollout;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Verdict;
import java.time.Instant;

/** A deployment by ECS itself, watched. */
record WatchService(ObserveService observe, Expected expected) implements Watched {
    @Override
    public Observation look() {
        return observe.run();
    }

    @Override
    public Verdict judge(Observation seen, Instant now) {
        return EvaluateRollout.evaluate(seen, expected, now);
    }
}
