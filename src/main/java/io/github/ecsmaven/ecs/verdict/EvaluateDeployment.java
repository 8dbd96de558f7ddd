package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what is to be thought of a deployment by CodeDeploy: done, not yet, or failed. Pure.
 *
 * <p>CodeDeploy waits an hour for replacement tasks that never become healthy, and takes no notice of their crashes: these end
 * it here. A deployment whose traffic has been shifted and that only keeps the original tasks for a while is not late.
 */
public final class EvaluateDeployment {
    private static final Duration ROLLBACK_BEGINS = Duration.ofMinutes(2);

    private EvaluateDeployment() {}

    /**
     * @param deployment ours
     * @param rollback the one that rolls it back; empty while there is none
     * @param seen the service, whose deployments are the task sets of CodeDeploy's deployments
     */
    public static Verdict evaluate(
            DeploymentSeen deployment,
            Optional<DeploymentSeen> rollback,
            Observation seen,
            Expected expected,
            Instant now) {
        Verdict verdict = judge(deployment, rollback, seen, expected, now);
        return verdict instanceof Waiting waiting && tooLate(deployment, expected, now)
                ? new Failed(Kind.TIMEOUT, waiting.state())
                : verdict;
    }

    /** What CodeDeploy does about a failure is followed for as long again. */
    private static boolean tooLate(DeploymentSeen deployment, Expected expected, Instant now) {
        if (!deployment.underWay()) {
            return expected.veryLate(now);
        }
        return expected.late(now.minus(deployment.trafficDone() ? deployment.termination() : Duration.ZERO));
    }

    private static Verdict judge(
            DeploymentSeen deployment,
            Optional<DeploymentSeen> rollback,
            Observation seen,
            Expected expected,
            Instant now) {
        if (!seen.status().equals("ACTIVE")) {
            return new Failed(Kind.DELETED, "the service is " + seen.status());
        }
        if (deployment.succeeded()) {
            return succeeded(seen, expected);
        }
        if (!deployment.underWay()) {
            return ended(deployment, rollback, seen, expected, now);
        }
        if (seen.desired() == 0 && expected.desired() > 0) {
            return new Failed(Kind.SCALED_TO_ZERO, "");
        }
        if (deployment.trafficDone() && expected.waitFor() == WaitFor.traffic) {
            return ProveImage.evaluate(seen, expected);
        }
        return CrashLoop.is(seen, expected) && !toBeRolledBack(expected)
                ? new Failed(Kind.CRASH_LOOP, "")
                : new Waiting(DeploymentLine.of(deployment, seen, expected, now));
    }

    /** Whether CodeDeploy was asked to, whatever its group says of failures. */
    private static boolean toBeRolledBack(Expected expected) {
        return expected.breaker() == Expected.Breaker.ROLLS_BACK;
    }

    private static Verdict succeeded(Observation seen, Expected expected) {
        Optional<Deployed> newer = seen.primary()
                .filter(primary -> !primary.id().equals(expected.deploymentId()))
                .filter(primary -> seen.deployment(expected.deploymentId())
                        .map(ours -> primary.createdAt().isAfter(ours.createdAt()))
                        .orElse(primary.createdAt().isAfter(expected.started())));
        return newer.isPresent()
                ? new Failed(
                        Kind.SUPERSEDED,
                        "deployment " + newer.get().id() + " with "
                                + Arns.revision(newer.get().taskDefinition()) + " took over")
                : ProveImage.evaluate(seen, expected);
    }

    private static Verdict ended(
            DeploymentSeen deployment,
            Optional<DeploymentSeen> rollback,
            Observation seen,
            Expected expected,
            Instant now) {
        String line = DeploymentLine.of(deployment, seen, expected, now);
        if (rollback.isPresent()) {
            return rolledBack(rollback.get(), seen, expected, line);
        }
        boolean begins = (deployment.rollsBack() || toBeRolledBack(expected))
                && deployment
                        .ended()
                        .map(at -> Duration.between(at, now).compareTo(ROLLBACK_BEGINS) < 0)
                        .orElse(true);
        if (!begins) {
            return new Failed(Kind.GIVEN_UP, deployment.wrong());
        }
        return back(seen, expected)
                .<Verdict>map(arn -> new Failed(Kind.ROLLED_BACK, arn))
                .orElseGet(() -> new Waiting(line + ", CodeDeploy is about to roll back"));
    }

    private static Verdict rolledBack(DeploymentSeen rollback, Observation seen, Expected expected, String line) {
        if (rollback.underWay()) {
            return new Waiting(line + ", CodeDeploy rolls back (" + rollback.id() + ")");
        }
        if (rollback.succeeded()) {
            return seen.primary()
                    .map(Deployed::taskDefinition)
                    .filter(arn -> !arn.equals(expected.taskDefinition()) || isRestart(expected))
                    .<Verdict>map(arn -> new Failed(Kind.ROLLED_BACK, arn))
                    .orElseGet(() -> new Waiting(line + ", rolled back by CodeDeploy (" + rollback.id() + ")"));
        }
        return new Failed(Kind.ROLLBACK_FAILED, rollback.wrong());
    }

    private static boolean isRestart(Expected expected) {
        return expected.good().equals(Optional.of(expected.taskDefinition()));
    }

    /** The task definition that serves again, once none of the new tasks is left and another task set has the traffic. */
    private static Optional<String> back(Observation seen, Expected expected) {
        boolean gone = seen.deployment(expected.deploymentId()).isEmpty();
        return seen.primary()
                .filter(primary -> gone && !primary.id().equals(expected.deploymentId()))
                .map(Deployed::taskDefinition);
    }
}
