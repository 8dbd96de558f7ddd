package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Brings the last good version back where ECS itself does not. */
final class RollBack {
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final WatchRollout watch;

    RollBack(EcsClient ecs, RolloutLog log, Clock clock, WatchRollout watch) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.watch = watch;
    }

    /**
     * @param done whether the last good version runs again
     * @param line what to tell about it
     */
    record Result(boolean done, String line) {}

    /**
     * @param good ARN of the task definition to go back to
     * @param failed the rollout that failed
     */
    Result run(String good, Expected failed) throws InterruptedException {
        String revision = Arns.revision(good);
        log.planned("Rolling " + failed.service() + " in " + failed.cluster() + " back to " + revision);
        try {
            Service answer = EcsCalls.call(
                    "roll service '" + failed.service() + "' back to " + revision,
                    () -> ecs.updateService(u -> u.cluster(failed.cluster())
                                    .service(failed.service())
                                    .taskDefinition(good))
                            .service());
            WatchRollout.Ended ended = watch.run(back(answer, good, failed), ServiceFacts.eventIds(answer));
            return ended.verdict() instanceof Verdict.Done
                    ? new Result(true, "Rolled back: " + revision + " runs again.")
                    : new Result(false, "The rollback to " + revision + " did not end well: " + ended.verdict() + ".");
        } catch (Problem refused) {
            return new Result(false, refused.what());
        }
    }

    private Expected back(Service answer, String good, Expected failed) {
        return new Expected(
                failed.cluster(),
                failed.service(),
                ServiceFacts.begun(answer),
                good,
                Optional.of(failed.taskDefinition()),
                failed.container(),
                Optional.empty(),
                failed.desired(),
                Expected.Breaker.OFF,
                clock.instant(),
                failed.timeout());
    }
}
