package io.github.ecsmaven.ecs;

import io.github.ecsmaven.aws.AwsProblems;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen;
import io.github.ecsmaven.ecs.verdict.DeploymentSeen.Target;
import io.github.ecsmaven.ecs.verdict.EvaluateDeployment;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import io.github.ecsmaven.ecs.verdict.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentNotStartedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetDoesNotExistException;

/**
 * A deployment by CodeDeploy. So that a minute has at most 60 calls, the looks take turns: every other one asks CodeDeploy how the
 * deployment stands, those between for its target, and for the service with its tasks. A change has all looked at, when the calls
 * of the minute leave room for it; its end always has, and near its end each look asks for that.
 */
final class WatchDeployment implements Watched {
    private static final int ROUND = 4;
    private static final int ROUND_NEAR_END = 12;
    private static final int TARGET = 1;
    private static final int SERVICE = 3;

    /** Calls that are kept for the end. */
    private static final int RESERVE = 12;

    private final CodeDeployClient codeDeploy;
    private final RolloutLog log;
    private final CallBudget budget;
    private final Expected expected;
    private final ObserveService observe;
    private final boolean all;

    private int looks;
    private boolean denied;
    private Target target = Target.UNKNOWN;
    private @Nullable Observation service;
    private @Nullable DeploymentSeen ours;
    private Optional<DeploymentSeen> rollback = Optional.empty();

    /** @param observe the service that it deploys */
    WatchDeployment(RolloutApis apis, RolloutLog log, CallBudget budget, Expected expected, ObserveService observe) {
        this.codeDeploy = apis.codeDeploy().get();
        this.log = log;
        this.budget = budget;
        this.expected = expected;
        this.observe = observe;
        // A sandbox has no rate to be shared with others.
        this.all = apis.sandbox();
    }

    @Override
    public Observation look() {
        DeploymentSeen before = ours;
        boolean nearEnd = before != null && (before.trafficDone() || !before.underWay());
        DeploymentSeen now = before;
        Optional<DeploymentSeen> back = rollback;
        if (now == null || all || nearEnd || looks % 2 == 0) {
            // One that has ended and is rolled back changes no more.
            now = now != null && back.isPresent() ? now : deployment(expected.deploymentId(), target);
            back = now.rollback().map(id -> deployment(id, Target.UNKNOWN));
        }
        boolean changed = !now.equals(before) || !back.equals(rollback);
        boolean news = isOver(now, back) || changed && budget.spare() > RESERVE;
        int turn = looks % (nearEnd ? ROUND_NEAR_END : ROUND);
        if (all || news || turn == TARGET) {
            target = target();
            now = deployment(now, target);
        }
        Observation seen = service;
        if (seen == null || all || news || turn == SERVICE) {
            seen = observe.run();
        }
        // Kept only when all was read: after a fault the next look is a close one again.
        looks++;
        ours = now;
        rollback = back;
        service = seen;
        return seen.with(new Tracked("", now.succeeded() ? "SUCCESSFUL" : now.status(), now.wrong(), Optional.empty()));
    }

    private void spend() {
        if (!all) {
            budget.spend();
        }
    }

    /** Only what the service shows is still to be waited for. */
    private static boolean isOver(DeploymentSeen deployment, Optional<DeploymentSeen> rollback) {
        return deployment.succeeded()
                || rollback.filter(back -> !back.underWay()).isPresent();
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
        spend();
        return ReadDeployment.deployment(
                codeDeploy.getDeployment(ask -> ask.deploymentId(id)).deploymentInfo(), of);
    }

    /** CodeDeploy names an ECS service {@code cluster:service} as a target. */
    private Target target() {
        if (denied) {
            return target;
        }
        spend();
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
