package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Details;
import io.github.ecsmaven.ecs.verdict.Diagnosis;
import io.github.ecsmaven.ecs.verdict.EvaluateRollout;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation;
import io.github.ecsmaven.ecs.verdict.Verdict;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import io.github.ecsmaven.ecs.verdict.Verdict.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** Follows a rollout that was begun to its true end, and sees to it that the service ends on a good version. */
final class FollowRollout {
    private static final Set<Kind> LEFT_TO_OTHERS =
            Set.of(Kind.SUPERSEDED, Kind.DELETED, Kind.SCALED_TO_ZERO, Kind.ROLLED_BACK, Kind.ROLLBACK_FAILED);

    private final EcsClient ecs;
    private final RolloutApis apis;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Optional<ServiceCheck> check;
    private final RolloutRequest request;
    private final WatchRollout watch;

    /** @param check what the service is asked when the rollout has come to a good end */
    FollowRollout(
            RolloutApis apis,
            RolloutLog log,
            Optional<ServiceCheck> check,
            Clock clock,
            Sleeper sleeper,
            RolloutRequest request) {
        this.ecs = apis.ecs();
        this.apis = apis;
        this.log = log;
        this.check = check;
        this.clock = clock;
        this.sleeper = sleeper;
        this.request = request;
        this.watch = new WatchRollout(apis, log, clock, sleeper);
    }

    /** @throws RolloutFailed when it did not come to a good end, or nobody can look any more */
    Rollout run(Begun begun) throws RolloutFailed {
        if (!request.await()) {
            return started(begun);
        }
        Rollout good = watched(begun);
        return check.isPresent()
                ? new AskService(apis, log, clock, sleeper, request).after(check.get(), begun.expected(), good)
                : good;
    }

    Rollout started(Begun begun) {
        return rollout(begun, Outcome.STARTED);
    }

    private Rollout watched(Begun begun) throws RolloutFailed {
        try {
            log.watched(Arns.revisionNumber(begun.expected().taskDefinition()));
            WatchRollout.Ended ended = watch.run(begun.expected(), begun.eventsBefore());
            if (ended.verdict() instanceof Failed failed) {
                throw failed(begun, failed, ended.last());
            }
            tellProof(ended);
            return rollout(begun, good(begun.expected(), ended.last()));
        } catch (Problem lost) {
            throw new RolloutFailed(goesOn(lost, begun), rollout(begun, Outcome.FAILED));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RolloutFailed(interrupted(begun), started(begun));
        } catch (RuntimeException broken) {
            // Other services are watched beside this one, and recorded with it.
            throw new RolloutFailed(Unexpected.watch(begun.expected(), broken), rollout(begun, Outcome.FAILED));
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

    private Outcome good(Expected expected, Observation last) {
        if (EvaluateRollout.isComplete(last, expected)) {
            return Outcome.COMPLETED;
        }
        Duration bake = expected.strategy().bake();
        log.warning("All production traffic is on " + Arns.revision(expected.taskDefinition())
                + ". " + expected.deployer() + " has not completed the deployment"
                + (bake.isZero() ? "" : " (it bakes " + bake.toMinutes() + " min)")
                + " and may still roll it back; nobody waits for that (ecs.waitFor=traffic).");
        return Outcome.TRAFFIC_SHIFTED;
    }

    private static String unproved(Observation last) {
        if (last.desired() == 0) {
            return "The service's desired count is 0: no task was started, nothing was proved.";
        }
        return "The running image could not be proved: ecs:ListTasks and ecs:DescribeTasks are not permitted.";
    }

    /** Who can't look any more has changed nothing: whoever deploys brings the rollout to its end. */
    private static Problem goesOn(Problem lost, Begun begun) {
        List<String> evidence = new ArrayList<>(lost.evidence());
        evidence.add(goesOn(begun));
        return new Problem(lost.blame(), lost.what(), evidence, lost.next(), lost);
    }

    private static String goesOn(Begun begun) {
        return begun.expected().deployer() + " goes on with the rollout ("
                + begun.expected().deploymentId() + ").";
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
        Instant at = clock.instant();
        // Asked before anything is rolled back: afterwards the targets of the failed tasks are gone.
        Details details = new GatherDetails(apis, log).run(failed, last, expected);
        RollBack.Result back = back(begun, failed, last);
        List<String> after = back.line().isEmpty() ? List.of() : List.of(back.line());
        Optional<String> again = back.stuck()
                ? Optional.of(IfInterrupted.command(expected, back.taskDefinition(), apis.sandbox()))
                : Optional.empty();
        Problem problem = Diagnosis.explain(
                failed, last, expected, details, new Diagnosis.End(at, after, ConsoleLink.of(apis, expected), again));
        return new RolloutFailed(
                problem, rollout(begun, back.done() ? Outcome.ROLLED_BACK : Outcome.FAILED, back.taskDefinition()));
    }

    private RollBack.Result back(Begun begun, Failed failed, Observation last) throws InterruptedException {
        Expected expected = begun.expected();
        String now = expected.taskDefinition();
        if (LEFT_TO_OTHERS.contains(failed.kind())) {
            return failed.kind() == Kind.ROLLED_BACK
                    ? new RollBack.Result(true, "", failed.why().isEmpty() ? now : failed.why())
                    : new RollBack.Result(false, "", now);
        }
        Optional<String> left = left(failed, expected);
        if (left.isPresent()) {
            return new RollBack.Result(false, left.get(), now);
        }
        String good = expected.good().orElseThrow();
        log.ifInterrupted(IfInterrupted.goingBack(expected, good));
        if (expected.isByCodeDeploy()) {
            return new RollBackDeployment(apis, log, clock, watch).run(good, expected, last, begun.eventsBefore());
        }
        log.planned("Rolling " + expected.service() + " in " + expected.cluster() + " back to " + Arns.revision(good));
        return new RollBack(ecs, log, clock, watch).run(good, expected, last.tracked(), begun.eventsBefore());
    }

    /** Why the service is left as it is; empty when it is to be rolled back from here. */
    private Optional<String> left(Failed failed, Expected expected) {
        if (!request.rollback()) {
            boolean decidesLater = failed.kind() == Kind.TIMEOUT && expected.breaker() == Expected.Breaker.ROLLS_BACK;
            return Optional.of(
                    decidesLater
                            ? "ECS goes on: it completes " + Arns.revision(expected.taskDefinition())
                                    + " when it can, or its circuit breaker rolls the service back (ecs.rollback=false)."
                            : "The service is left as it is (ecs.rollback=false).");
        }
        return expected.good().isEmpty()
                ? Optional.of("There is no earlier version that completed, so nothing to go back to.")
                : Optional.empty();
    }

    private Rollout rollout(Begun begun, Outcome outcome) {
        return rollout(begun, outcome, begun.expected().taskDefinition());
    }

    /** @param now the task definition that the service has now */
    private Rollout rollout(Begun begun, Outcome outcome, String now) {
        Expected expected = begun.expected();
        return new Rollout(
                expected.cluster(),
                expected.service(),
                expected.deploymentId(),
                outcome == Outcome.ROLLED_BACK ? now : expected.taskDefinition(),
                begun.previous(),
                expected.image().orElseThrow().digest(),
                outcome,
                expected.strategy().kind().name(),
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
