package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen;
import io.github.ecsmaven.ecs.verdict.Diagnosis;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;

/**
 * Has CodeDeploy bring the last good version back: a deployment that is under way is stopped, with CodeDeploy's own rollback,
 * which leads the traffic back to the original tasks. One that has ended leaves the traffic where it is.
 */
final class RollBackDeployment {
    private static final String PERMISSION = "codedeploy:StopDeployment";

    private final RolloutApis apis;
    private final RolloutLog log;
    private final Clock clock;
    private final WatchRollout watch;

    RollBackDeployment(RolloutApis apis, RolloutLog log, Clock clock, WatchRollout watch) {
        this.apis = apis;
        this.log = log;
        this.clock = clock;
        this.watch = watch;
    }

    /**
     * @param good ARN of the task definition to go back to
     * @param failed the rollout that failed
     * @param last what was seen of it last
     * @param before ids of the service events that were there before it
     */
    RollBack.Result run(String good, Expected failed, Observation last, Set<String> before)
            throws InterruptedException {
        boolean underWay = last.tracked()
                .map(tracked -> DeploymentSeen.UNDER_WAY.contains(tracked.status()))
                .orElse(false);
        if (!underWay) {
            return asItIs(good, failed, last);
        }
        return stopped(good, failed, before);
    }

    /** Of a deployment that is under way. */
    RollBack.Result stopped(String good, Expected failed, Set<String> before) throws InterruptedException {
        log.planned("Stopping " + failed.deploymentId() + ": " + failed.service() + " in " + failed.cluster()
                + " goes back to " + Arns.revision(good));
        try {
            // One that has ended meanwhile may be rolled back by its group.
            stop(failed.deploymentId());
            return followed(good, failed, before);
        } catch (Problem refused) {
            return RollBack.Result.stuck(refused.what(), good);
        }
    }

    /** Before the traffic is shifted a failure changes nothing for who calls the service. */
    private static RollBack.Result asItIs(String good, Expected failed, Observation last) {
        Optional<Deployed> serves =
                last.primary().filter(primary -> !primary.id().equals(failed.deploymentId()));
        return serves.map(Deployed::taskDefinition)
                .map(arn -> new RollBack.Result(
                        true, Diagnosis.capital(Arns.revision(arn)) + " still has the traffic.", arn))
                .orElseGet(() -> RollBack.Result.stuck(
                        "The traffic is on " + Arns.revision(failed.taskDefinition())
                                + ": CodeDeploy has ended, and its group does not roll back by itself.",
                        good));
    }

    /**
     * False when it has come to its end before.
     *
     * @throws Problem when CodeDeploy refuses
     */
    boolean stop(String id) {
        try {
            apis.codeDeploy().get().stopDeployment(ask -> ask.deploymentId(id).autoRollbackEnabled(true));
            return true;
        } catch (DeploymentAlreadyCompletedException ended) {
            log.detail(id + " can't be stopped any more: " + AwsProblems.message(ended));
            return false;
        } catch (SdkException refused) {
            if (AwsProblems.isAccessDenied(refused)) {
                log.warning("Without " + PERMISSION + " the deployment goes on (" + AwsProblems.code(refused) + ").");
            }
            throw EcsCalls.problem("stop deployment " + id, refused);
        }
    }

    private RollBack.Result followed(String good, Expected failed, Set<String> before) throws InterruptedException {
        WatchRollout.Ended ended = watch.run(failed.toBeRolledBack(clock.instant()), before);
        if (!(ended.verdict() instanceof Failed how)) {
            return new RollBack.Result(
                    false, "The deployment succeeded before it could be stopped.", failed.taskDefinition());
        }
        return switch (how.kind()) {
            case ROLLED_BACK -> again(how.why().isEmpty() ? good : how.why());
            case GIVEN_UP -> asItIs(good, failed, ended.last());
            default -> RollBack.bad(good, how, failed.deployer());
        };
    }

    private static RollBack.Result again(String good) {
        return new RollBack.Result(true, "Rolled back: " + Arns.revision(good) + " has the traffic.", good);
    }
}
