package io.github.ecsmaven.ecs;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RolloutRequest.WaitFor;
import java.time.Duration;
import java.util.List;

/** Refuses a wait that is over before the deployment can be: it would end in the rollback of a version that is good. Pure. */
final class RefuseShortWait {
    private RefuseShortWait() {}

    /** @throws Problem when ECS's own pauses alone last longer than {@code ecs.timeout} */
    static void check(RolloutRequest request, Strategy strategy) {
        Duration least = strategy.least(request.waitFor());
        if (!request.await() || least.compareTo(request.timeout()) < 0) {
            return;
        }
        boolean baking = strategy.least(WaitFor.traffic).compareTo(request.timeout()) < 0;
        throw Problem.ofProject(
                "The rollout of " + request.service() + " in " + Arns.name(request.cluster())
                        + " can't be at its end within ecs.timeout (" + DurationText.show(request.timeout()) + ").",
                List.of("Its deployment configuration is " + strategy.words() + ": that takes " + least.toMinutes()
                        + " min, and the new tasks have to start before."),
                "set ecs.timeout=" + enough(least, request.timeout()) + "m"
                        + (baking ? ", or ecs.waitFor=traffic, which does not wait for the bake time." : "."));
    }

    /** What ECS takes by itself, and all that was meant for the tasks' start. */
    private static long enough(Duration least, Duration timeout) {
        return least.plus(timeout).plusSeconds(59).toMinutes();
    }
}
