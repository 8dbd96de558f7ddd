package io.github.ecsmaven.ecs;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RolloutRequest.Wait;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Duration;
import java.util.List;

/** Refuses a wait that is over before the deployment can be: it would end in the rollback of a version that is good. Pure. */
final class RefuseShortWait {
    private RefuseShortWait() {}

    /**
     * @param cluster name or ARN
     * @throws Problem when ECS's own pauses alone last longer than {@code ecs.timeout}
     */
    static void check(String cluster, String service, Strategy strategy, Wait wait) {
        Duration least = strategy.least(wait.waitFor());
        if (least.compareTo(wait.timeout()) < 0) {
            return;
        }
        boolean baking = strategy.least(WaitFor.traffic).compareTo(wait.timeout()) < 0;
        throw Problem.ofProject(
                "The rollout of " + service + " in " + Arns.name(cluster) + " can't be at its end within ecs.timeout ("
                        + DurationText.show(wait.timeout()) + ").",
                List.of("Its deployment configuration is " + strategy.words() + ": that takes " + least.toMinutes()
                        + " min, and the new tasks have to start before."),
                "set ecs.timeout=" + enough(least, wait.timeout()) + "m"
                        + (baking ? ", or ecs.waitFor=traffic, which does not wait for the bake time." : "."));
    }

    /** What ECS takes by itself, and all that was meant for the tasks' start. */
    private static long enough(Duration least, Duration timeout) {
        return least.plus(timeout).plusSeconds(59).toMinutes();
    }
}
