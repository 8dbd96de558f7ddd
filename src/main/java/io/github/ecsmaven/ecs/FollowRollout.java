package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.Verdict.Failed;
import io.github.ecsmaven.ecs.Verdict.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** Follows a rollout that was begun to its true end, and sees to it that the service ends on a good version. */
final class FollowRollout {
    private static final Set<Kind> LEFT_TO_OTHERS =
            Set.of(Kind.SUPERSEDED, Kind.DELETED, Kind.SCALED_TO_ZERO, Kind.ROLLED_BACK, Kind.ROLLBACK_FAILED);

    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final RolloutRequest request;
    private final WatchRollout watch;

    FollowRollout(EcsClient ecs, RolloutLog log, Clock clock, Sleeper sleeper, RolloutRequest request) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.request = request;
        Duration pace = request.whenMissing().isPresent() ? WatchRollout.LOCAL : WatchRollout.USUAL;
        this.watch = new WatchRollout(ecs, log, clock, sleeper, new Random(), pace);
    }

    /** @throws RolloutFailed when it did not come to a good end, or nobody can look any more */
    Rollout run(Begun begun) throws RolloutFailed {
        if (!request.await()) {
            return rollout(begun, Outcome.STARTED);
        }
        try {
            WatchRollout.Ended ended = watch.run(begun.expected(), begun.eventsBefore());
            if (ended.verdict() instanceof Failed failed) {
                throw failed(begun, failed, ended.last());
            }
            tellProof(ended);
            return rollout(begun, Outcome.COMPLETED);
        } catch (Problem lost) {
            throw new RolloutFailed(goesOn(lost, begun), rollout(begun, Outcome.FAILED));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RolloutFailed(interrupted(begun), rollout(begun, Outcome.STARTED));
        }
    }

    private void tellProof(WatchRollout.Ended ended) {
        if (!(ended.verdict() instanceof Verdict.Done done)) {
            return;
        }
        if (done.proof() == Verdict.Proof.NONE) {
            log.warning(unproved(ended.last()));
        } else if (!done.shown().isEmpty()) {
            log.detail("ECS shows " + done.shown() + ", the image of one platform in the index that was pushed.");
        }
    }

    private static String unproved(Observation last) {
        if (last.desired() == 0) {
            return "The service's desired count is 0: no task was started, nothing was proved.";
        }
        return "The running image could not be proved: ecs:ListTasks and ecs:DescribeTasks are not permitted.";
    }

    /** Who can't look any more has changed nothing: ECS brings the rollout to its end. */
    private static Problem goesOn(Problem lost, Begun begun) {
        List<String> evidence = new ArrayList<>(lost.evidence());
        evidence.add(goesOn(begun));
        return new Problem(lost.blame(), lost.what(), evidence, lost.next(), lost);
    }

    private static String goesOn(Begun begun) {
        return "ECS goes on with the rollout (" + begun.expected().deploymentId() + ").";
    }

    private static Problem interrupted(Begun begun) {
        return Problem.ofMachine(
                "The build was interrupted while it watched the rollout of "
                        + begun.expected().service() + " in " + begun.expected().cluster() + ".",
                List.of(goesOn(begun)),
                "run it again: a rollout of the same image that is under way is followed.",
                null);
    }

    private RolloutFailed failed(Begun begun, Failed failed, Observation last) throws InterruptedException {
        Expected expected = begun.expected();
        if (LEFT_TO_OTHERS.contains(failed.kind())) {
            Problem problem = Diagnosis.explain(failed, last, expected, List.of());
            Outcome outcome = failed.kind() == Kind.ROLLED_BACK ? Outcome.ROLLED_BACK : Outcome.FAILED;
            return new RolloutFailed(problem, rollout(begun, outcome));
        }
        Optional<String> good = expected.good().filter(arn -> !arn.equals(expected.taskDefinition()));
        Optional<String> left = left(failed, expected, good);
        RollBack.Result back = left.isPresent()
                ? new RollBack.Result(false, left.get())
                : new RollBack(ecs, log, clock, watch).run(good.orElseThrow(), expected);
        Problem problem = Diagnosis.explain(failed, last, expected, List.of(back.line()));
        return new RolloutFailed(problem, rollout(begun, back.done() ? Outcome.ROLLED_BACK : Outcome.FAILED));
    }

    /** Why the service is left as it is; empty when it is to be rolled back from here. */
    private Optional<String> left(Failed failed, Expected expected, Optional<String> good) {
        if (failed.kind() == Kind.TIMEOUT && expected.breaker() == Expected.Breaker.ROLLS_BACK) {
            return Optional.of("ECS goes on: its circuit breaker rolls the service back if the rollout fails.");
        }
        if (!request.rollback()) {
            return Optional.of("The service is left as it is (ecs.rollback=false).");
        }
        return good.isEmpty()
                ? Optional.of("There is no earlier version that completed, so nothing to go back to.")
                : Optional.empty();
    }

    private Rollout rollout(Begun begun, Outcome outcome) {
        Expected expected = begun.expected();
        String now = outcome == Outcome.ROLLED_BACK
                ? expected.good().orElse(expected.taskDefinition())
                : expected.taskDefinition();
        return new Rollout(
                expected.cluster(),
                expected.service(),
                expected.deploymentId(),
                now,
                begun.previous(),
                expected.image().orElseThrow().digest(),
                outcome,
                begun.url().isPresent() || outcome == Outcome.STARTED ? begun.url() : url(expected),
                Duration.between(expected.started(), clock.instant()).toMillis() / 1000.0);
    }

    /** A new service's address may be known only when it runs. */
    private Optional<String> url(Expected expected) {
        try {
            return ecs
                    .describeServices(ask -> ask.cluster(expected.cluster())
                            .services(expected.service())
                            .include(ServiceField.TAGS))
                    .services()
                    .stream()
                    .findFirst()
                    .flatMap(ServiceFacts::url);
        } catch (SdkException notReadable) {
            // The address is a courtesy; the rollout's outcome is known.
            return Optional.empty();
        }
    }
}
