package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.DeploymentSeen.Target;
import io.github.ecsmaven.ecs.Observation.Tracked;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;

/**
 * A deployment by CodeDeploy: GetDeployment each time, as it tells the end; its target and the service with its tasks when that
 * shows a change, and every so many looks.
 */
final class WatchDeployment implements Watched {
    /** With a look a second or so this stays below 60 calls a minute. */
    private static final int FULL_LOOK = 10;

    /** A sandbox has no rate to be shared with others. */
    private static final int LOCAL_LOOK = 2;

    private final CodeDeployClient codeDeploy;
    private final RolloutLog log;
    private final Expected expected;
    private final ObserveService observe;
    private final int every;

    private int looks;
    private boolean denied;
    private Target target = Target.UNKNOWN;
    private @Nullable Observation service;
    private @Nullable DeploymentSeen ours;
    private Optional<DeploymentSeen> rollback = Optional.empty();

    /** @param observe the service that it deploys */
    WatchDeployment(RolloutApis apis, RolloutLog log, Expected expected, ObserveService observe) {
        this.codeDeploy = apis.codeDeploy().get();
        this.log = log;
        this.expected = expected;
        this.observe = observe;
        this.every = apis.sandbox() ? LOCAL_LOOK : FULL_LOOK;
    }

    @Override
    public Observation look() {
        DeploymentSeen before = ours;
        DeploymentSeen now = deployment(expected.deploymentId(), target);
        Optional<DeploymentSeen> back = now.rollback().map(id -> deployment(id, Target.UNKNOWN));
        boolean changed = before == null || !before.equals(now) || !back.equals(rollback);
        Observation seen = service;
        if (seen == null || changed || !now.underWay() || looks % every == 0) {
            target = target();
            seen = observe.run();
            service = seen;
            now = deployment(now, target);
        }
        // Kept only when all was read: after a fault the next look is a close one again.
        looks++;
        ours = now;
        rollback = back;
        return seen.with(new Tracked("", now.succeeded() ? "SUCCESSFUL" : now.status(), now.wrong(), Optional.empty()));
    }

    private static DeploymentSeen deployment(DeploymentSeen seen, Target target) {
        return new DeploymentSeen(
                seen.id(),
                seen.status(),
                seen.error(),
                seen.rollback(),
                seen.rollsBack(),
                seen.ended(),
                seen.termination(),
                seen.terminating(),
                target);
    }

    private DeploymentSeen deployment(String id, Target of) {
        return ReadDeployment.deployment(
                codeDeploy.getDeployment(ask -> ask.deploymentId(id)).deploymentInfo(), of);
    }

    /** CodeDeploy names an ECS service {@code cluster:service} as a target. */
    private Target target() {
        if (denied) {
            return target;
        }
        try {
            var found = codeDeploy
                    .getDeploymentTarget(ask -> ask.deploymentId(expected.deploymentId())
                            .targetId(expected.cluster() + ":" + expected.service()))
                    .deploymentTarget();
            return found.ecsTarget() == null ? target : ReadDeployment.target(found.ecsTarget());
        } catch (DeploymentNotStartedException | DeploymentTargetDoesNotExistException notYet) {
            return target;
        } catch (AwsServiceException refused) {
            if (AwsProblems.isPassing(refused)) {
                throw refused;
            }
            denied = true;
            log.warning("Less is known about this deployment without codedeploy:GetDeploymentTarget ("
                    + AwsProblems.code(refused) + ").");
            return target;
        }
    }

    @Override
    public Verdict judge(Observation seen, Instant now) {
        DeploymentSeen deployment = ours;
        return deployment == null
                ? new Verdict.Waiting("not visible yet")
                : EvaluateDeployment.evaluate(deployment, rollback, seen, expected, now);
    }
}
