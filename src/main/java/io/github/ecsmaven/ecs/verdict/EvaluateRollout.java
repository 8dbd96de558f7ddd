package io.github.ecsmaven.ecs.verdict;

import io.github.ecsmaven.ecs.verdict.Expected.Breaker;
import io.github.ecsmaven.ecs.verdict.Observation.Deployed;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import io.github.ecsmaven.ecs.verdict.Verdict.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what an observation means: done, not yet, or failed. Pure. */
public final class EvaluateRollout {
    private static final Set<String> ROLLING_BACK =
            Set.of("ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED");

    /** Here a crash loop is ended from outside: ECS would go on. */
    private static final Set<Breaker> ENDED_HERE = Set.of(Breaker.OFF, Breaker.ALARMS_ROLL_BACK);

    private static final Duration ROLLBACK_BEGINS = Duration.ofMinutes(2);

    private EvaluateRollout() {}

    public static Verdict evaluate(Observation seen, Expected expected, Instant now) {
        Verdict verdict = judge(seen, expected, now);
        if (verdict instanceof Waiting waiting && tooLate(seen, expected, now)) {
            return new Failed(Kind.TIMEOUT, waiting.state());
        }
        return verdict;
    }

    private static boolean tooLate(Observation seen, Expected expected, Instant now) {
        return rollingBack(seen, expected) ? expected.veryLate(now) : expected.late(now);
    }

    private static Verdict judge(Observation seen, Expected expected, Instant now) {
        if (!seen.status().equals("ACTIVE")) {
            return new Failed(Kind.DELETED, "the service is " + seen.status());
        }
        if (seen.desired() == 0 && expected.desired() > 0) {
            return new Failed(Kind.SCALED_TO_ZERO, "");
        }
        String tracked = seen.tracked().map(Observation.Tracked::status).orElse("");
        if (tracked.equals("ROLLBACK_FAILED")) {
            return new Failed(Kind.ROLLBACK_FAILED, reason(seen, expected));
        }
        if (rollingBack(seen, expected)) {
            return rollback(seen, expected, tracked);
        }
        Optional<Deployed> ours = seen.deployment(expected.deploymentId());
        // A deployment that another one replaced is stopped too.
        if (tracked.equals("STOPPED") && ours.map(Deployed::primary).orElse(false)) {
            return new Failed(Kind.GIVEN_UP, reason(seen, expected));
        }
        return ours.isPresent() && goesOn(ours.get(), seen, expected)
                ? primary(ours.get(), seen, expected, now)
                : notPrimary(ours, seen, expected);
    }

    /** The API reference promises PRIMARY to the newest deployment, but is silent on one that only gets test traffic. */
    private static boolean goesOn(Deployed ours, Observation seen, Expected expected) {
        return ours.primary()
                || (expected.strategy().shifts()
                        && seen.tracked().map(Observation.Tracked::underWay).orElse(false));
    }

    private static Verdict primary(Deployed ours, Observation seen, Expected expected, Instant now) {
        if (ours.rolloutState().equals("FAILED")) {
            return ecsRollsBack(ours, seen, expected, now)
                    ? new Waiting(StateLine.of(seen, expected) + ", failed, ECS is about to roll back")
                    : new Failed(Kind.GIVEN_UP, reason(seen, expected));
        }
        boolean awaited = expected.waitFor() == WaitFor.traffic && hasTraffic(ours, seen, expected);
        if (awaited || isComplete(seen, expected)) {
            return ProveImage.evaluate(seen, expected);
        }
        return ENDED_HERE.contains(expected.breaker()) && CrashLoop.is(seen, expected)
                ? new Failed(Kind.CRASH_LOOP, "")
                : new Waiting(StateLine.of(seen, expected)
                        + StageWords.of(seen, expected, now)
                        + Delay.of(ours, seen, expected, now));
    }

    /** Of a deployment that shifts traffic the history decides, as its tasks are steady long before bake time is over. */
    public static boolean isComplete(Observation seen, Expected expected) {
        Optional<String> tracked = seen.tracked().map(Observation.Tracked::status);
        if (tracked.isPresent() && expected.strategy().shifts()) {
            return tracked.get().equals("SUCCESSFUL");
        }
        Optional<Deployed> ours = seen.deployment(expected.deploymentId());
        return tracked.equals(Optional.of("SUCCESSFUL"))
                || ours.map(d -> d.rolloutState().equals("COMPLETED") || settled(d, seen))
                        .orElse(false);
    }

    /** In a rolling update: the new tasks run, and the old ones only finish their last requests. */
    private static boolean hasTraffic(Deployed ours, Observation seen, Expected expected) {
        if (expected.strategy().shifts()) {
            return seen.shift().map(Observation.Shift::shifted).orElse(false);
        }
        boolean allRun = ours.desired() > 0 && ours.running() >= ours.desired() && ours.pending() + ours.failed() == 0;
        return allRun
                && seen.deployments().size() > 1
                && seen.deployments().stream().allMatch(d -> d.id().equals(ours.id()) || d.running() == 0);
    }

    /** It does within seconds; when its own last good version is not complete again it never does, and nothing happens. */
    private static boolean ecsRollsBack(Deployed ours, Observation seen, Expected expected, Instant now) {
        // Who shifts traffic shifts it back when it fails: blue/green deployments (ECS developer guide).
        boolean asked = expected.strategy().shifts()
                || expected.breaker() == Breaker.ROLLS_BACK
                || (expected.breaker() == Breaker.ALARMS_ROLL_BACK && saysAlarm(ours, seen));
        return asked
                && expected.good().isPresent()
                && Duration.between(ours.updatedAt(), now).compareTo(ROLLBACK_BEGINS) < 0;
    }

    private static boolean saysAlarm(Deployed ours, Observation seen) {
        return ours.reason().contains("alarm")
                || seen.events().stream().anyMatch(text -> text.contains("deployment failed: alarm"));
    }

    /** Behind a Classic Load Balancer ECS tells no rollout state: then the counts of the only deployment decide. */
    private static boolean settled(Deployed ours, Observation seen) {
        return ours.rolloutState().isEmpty()
                && seen.deployments().size() == 1
                && ours.running() == ours.desired()
                && ours.pending() == 0;
    }

    private static Verdict notPrimary(Optional<Deployed> ours, Observation seen, Expected expected) {
        Optional<Deployed> primary = seen.primary();
        if (primary.isEmpty() || (ours.isEmpty() && stale(primary.get(), expected))) {
            return new Waiting("not visible yet");
        }
        return new Failed(Kind.SUPERSEDED, winner(primary.get(), expected));
    }

    private static String winner(Deployed primary, Expected expected) {
        String same = primary.taskDefinition().equals(expected.taskDefinition()) ? " once more" : "";
        return "deployment " + primary.id() + " with " + Arns.revision(primary.taskDefinition()) + same + " took over";
    }

    /** ECS may still answer with what was before the update ("eventual consistency" in its API reference). */
    private static boolean stale(Deployed primary, Expected expected) {
        return primary.createdAt().isBefore(expected.started().minusSeconds(2))
                && expected.good().map(primary.taskDefinition()::equals).orElse(false);
    }

    private static boolean rollingBack(Observation seen, Expected expected) {
        String tracked = seen.tracked().map(Observation.Tracked::status).orElse("");
        if (ROLLING_BACK.contains(tracked)) {
            return true;
        }
        Optional<Deployed> ours = seen.deployment(expected.deploymentId());
        boolean failed = ours.map(d -> d.rolloutState().equals("FAILED")).orElse(false)
                || saysFailed(seen.events(), expected.deploymentId());
        boolean replaced = seen.primary()
                .map(primary -> !primary.id().equals(expected.deploymentId()))
                .orElse(false);
        boolean says = seen.primary()
                .map(primary -> primary.reason().contains("rolling back to deploymentId"))
                .orElse(false);
        boolean stopped = tracked.equals("STOP_REQUESTED") && bringsGood(seen, expected);
        return replaced && (failed || says || stopped);
    }

    private static boolean bringsGood(Observation seen, Expected expected) {
        return seen.primary().map(Deployed::taskDefinition).equals(expected.good());
    }

    private static boolean saysFailed(List<String> events, String deploymentId) {
        return events.stream().anyMatch(text -> text.contains("(deployment " + deploymentId + ") deployment failed"));
    }

    private static Verdict rollback(Observation seen, Expected expected, String tracked) {
        Optional<Deployed> primary = seen.primary();
        boolean other =
                primary.map(p -> !p.id().equals(expected.deploymentId())).orElse(false);
        boolean underWay = seen.tracked().map(Observation.Tracked::rollingBack).orElse(false);
        boolean back = tracked.equals("ROLLBACK_SUCCESSFUL") || (other && !underWay && complete(primary.orElseThrow()));
        // The service was described before its deployments: until it shows the old version again, look once more.
        if (back && other) {
            return new Failed(Kind.ROLLED_BACK, primary.orElseThrow().taskDefinition());
        }
        if (other && primary.orElseThrow().rolloutState().equals("FAILED")) {
            return new Failed(Kind.ROLLBACK_FAILED, primary.orElseThrow().reason());
        }
        String to = other ? " to " + Arns.revision(primary.orElseThrow().taskDefinition()) : "";
        // Who asked for it by hand knows of no failure.
        String failed = expected.isRollback() ? ", ECS rolls back" : ", failed, ECS rolls back";
        return new Waiting(StateLine.of(seen, expected) + failed + to);
    }

    private static boolean complete(Deployed primary) {
        return primary.rolloutState().equals("COMPLETED");
    }

    private static String reason(Observation seen, Expected expected) {
        String tracked = seen.tracked().map(Observation.Tracked::reason).orElse("");
        return tracked.isEmpty()
                ? seen.deployment(expected.deploymentId()).map(Deployed::reason).orElse("")
                : tracked;
    }
}
