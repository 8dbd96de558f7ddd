package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import io.github.ecsmaven.ecs.verdict.Strategy;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/**
 * Brings the last good version back where ECS itself does not: a deployment that is under way is stopped, with ECS's own
 * rollback; else, and where that is not allowed, the service is updated.
 */
final class RollBack {
    /** Ends of the way back that others have decided: nothing is left half done. */
    private static final Set<Kind> BY_OTHERS = Set.of(Kind.SUPERSEDED, Kind.DELETED, Kind.SCALED_TO_ZERO);

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
     * @param taskDefinition ARN of what the service was brought back to, or shall have been
     * @param stuck whether it was begun or asked for and is not done, so that somebody has to act
     */
    record Result(boolean done, String line, String taskDefinition, boolean stuck) {
        Result(boolean done, String line, String taskDefinition) {
            this(done, line, taskDefinition, false);
        }

        static Result stuck(String line, String taskDefinition) {
            return new Result(false, line, taskDefinition, true);
        }

        /**
         * The line, of a rollback that was asked for by hand.
         *
         * @throws Problem when it isn't done
         */
        String told(RollBackRequest request, String next) {
            if (!done) {
                throw Problem.ofProject(
                        "The rollback of " + request.service() + " in " + Arns.name(request.cluster()) + " failed.",
                        List.of(line),
                        next);
            }
            return line;
        }
    }

    /**
     * @param good ARN of the task definition to go back to
     * @param failed the rollout that failed
     * @param tracked ECS's service deployment of it, as it was seen last
     * @param before ids of the service events that were there before it
     */
    Result run(String good, Expected failed, Optional<Tracked> tracked, Set<String> before)
            throws InterruptedException {
        try {
            Optional<Tracked> open = tracked.filter(Tracked::underWay);
            if (open.isPresent() && stop(open.get())) {
                Optional<Result> back = followed(good, failed.toBeRolledBack(clock.instant()), before);
                if (back.isPresent()) {
                    return back.get();
                }
            }
            return good.equals(failed.taskDefinition()) ? nothing(good) : update(good, failed);
        } catch (Problem refused) {
            return Result.stuck(refused.what(), good);
        }
    }

    /** A restart: the former image has no task definition of its own. */
    private static Result nothing(String good) {
        return new Result(false, "The version before has the same task definition, so nothing to go back to.", good);
    }

    /** Asks ECS to roll it back; false when it doesn't, or may not be asked. */
    boolean stop(Tracked open) {
        try {
            ecs.stopServiceDeployment(
                    ask -> ask.serviceDeploymentArn(open.arn()).stopType(StopServiceDeploymentStopType.ROLLBACK));
            return true;
        } catch (SdkException refused) {
            if (AwsProblems.isAccessDenied(refused)) {
                log.warning("Without ecs:StopServiceDeployment the service is rolled back by another deployment ("
                        + AwsProblems.code(refused) + ").");
            } else {
                log.detail("ECS does not stop the deployment: " + AwsProblems.message(refused));
            }
            return false;
        }
    }

    /** Empty when ECS only stopped the deployment, and the service is still to be updated. */
    private Optional<Result> followed(String good, Expected stopped, Set<String> before) throws InterruptedException {
        WatchRollout.Ended ended = watch.run(stopped, before);
        if (ended.verdict() instanceof Failed failed) {
            if (failed.kind() == Kind.GIVEN_UP) {
                return Optional.empty();
            }
            if (failed.kind() == Kind.ROLLED_BACK) {
                return Optional.of(again(failed.why().isEmpty() ? good : failed.why()));
            }
            return Optional.of(bad(good, failed, "ECS"));
        }
        return Optional.of(
                new Result(false, "The rollout completed before it could be rolled back.", stopped.taskDefinition()));
    }

    private Result update(String good, Expected failed) throws InterruptedException {
        Service answer = CallUpdateService.back(ecs, failed.cluster(), failed.service(), good, false);
        WatchRollout.Ended ended = watch.run(back(answer, good, failed), ServiceFacts.eventIds(answer));
        return ended.verdict() instanceof Failed failure ? bad(good, failure, "ECS") : again(good);
    }

    private static Result again(String good) {
        return new Result(true, "Rolled back: " + Arns.revision(good) + " runs again.", good);
    }

    /** @param deployer who was to bring it back */
    static Result bad(String good, Failed failed, String deployer) {
        String line = "The rollback to " + Arns.revision(good) + " did not end well: "
                + failed.kind().words(deployer)
                + (failed.why().isEmpty() ? "" : " (" + failed.why().replaceAll(" {2,}", ", ") + ")") + ".";
        return new Result(false, line, good, !BY_OTHERS.contains(failed.kind()));
    }

    /** A deployment back that shifts traffic bakes too; the good version serves before that. */
    static WaitFor waitFor(Strategy strategy) {
        return strategy.shifts() ? WaitFor.traffic : WaitFor.complete;
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
                failed.timeout(),
                failed.strategy(),
                waitFor(failed.strategy()));
    }
}
