package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a service whether it works, and brings the last good version back when the new one does not. */
final class AskService {
    private final RolloutApis apis;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RolloutRequest request;

    AskService(RolloutApis apis, RolloutLog log, Clock clock, Sleeper sleeper, RolloutRequest request) {
        this.apis = apis;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
        this.request = request;
    }

    /**
     * After a rollout that has come to a good end.
     *
     * @throws RolloutFailed when the service does not answer as it shall
     */
    Rollout after(ServiceCheck check, Expected expected, Rollout good) throws RolloutFailed {
        Instant begun = clock.instant();
        Optional<Problem> fault = run(check, good);
        if (fault.isEmpty()) {
            return good;
        }
        log.event(
                elapsed(good).plus(Duration.between(begun, clock.instant())),
                fault.get().what());
        RollBack.Result back;
        try {
            back = back(expected);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            back = new RollBack.Result(
                    false, "The build was interrupted before the rollback had ended.", expected.taskDefinition());
        } catch (RuntimeException refused) {
            back = new RollBack.Result(
                    false, "It could not be rolled back: " + refused.getMessage(), expected.taskDefinition());
        }
        throw new RolloutFailed(
                with(fault.get(), back.line()),
                ended(good, back.done() ? Outcome.ROLLED_BACK : Outcome.FAILED, back.taskDefinition()));
    }

    /**
     * Of a service that already ran what it shall: there is nothing to go back from.
     *
     * @throws RolloutFailed when it does not answer as it shall
     */
    Rollout unchanged(ServiceCheck check, Rollout untouched) throws RolloutFailed {
        Optional<Problem> fault = run(check, untouched);
        if (fault.isPresent()) {
            throw new RolloutFailed(
                    with(fault.get(), "This build has changed nothing at the service, so nothing was rolled back."),
                    untouched);
        }
        return untouched;
    }

    private Optional<Problem> run(ServiceCheck check, Rollout rollout) throws RolloutFailed {
        log.ifInterrupted("Interrupted: " + request.service() + " in " + rollout.cluster() + " runs "
                + Arns.revision(rollout.taskDefinition()) + ", and was not asked to the end whether it works.");
        try {
            return check.run(rollout);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RolloutFailed(
                    Problem.ofMachine(
                            "The build was interrupted while " + request.service() + " was asked whether it works.",
                            List.of("The rollout had come to a good end."),
                            "run it again: the service is asked again.",
                            null),
                    rollout);
        } catch (RuntimeException broken) {
            // Other services are watched beside this one, and recorded with it.
            throw new RolloutFailed(Unexpected.ask(rollout, broken), rollout);
        }
    }

    private RollBack.Result back(Expected expected) throws InterruptedException {
        String now = expected.taskDefinition();
        Optional<String> good = expected.good();
        if (!request.rollback()) {
            return new RollBack.Result(false, "The service is left as it is (ecs.rollback=false).", now);
        }
        if (good.isEmpty()) {
            return new RollBack.Result(
                    false, "There is no earlier version that completed, so nothing to go back to.", now);
        }
        if (good.get().equals(now)) {
            return new RollBack.Result(
                    false, "The version before has the same task definition, so nothing to go back to.", now);
        }
        RollBackRequest asked = new RollBackRequest(
                request.cluster(),
                request.service(),
                good,
                true,
                request.timeout(),
                false,
                request.wanted().codeDeploy());
        String line = new RollBackService(apis, log, clock, sleeper).run(asked, untold -> {});
        return new RollBack.Result(true, line, good.get());
    }

    private static Duration elapsed(Rollout good) {
        return Duration.ofMillis(Math.round(good.seconds() * 1000));
    }

    private static Problem with(Problem fault, String line) {
        List<String> evidence = new ArrayList<>(fault.evidence());
        evidence.add(line);
        return Problem.ofProject(fault.what(), evidence, fault.next());
    }

    private static Rollout ended(Rollout good, Outcome outcome, String now) {
        return new Rollout(
                good.cluster(),
                good.service(),
                good.deploymentId(),
                now,
                good.previousTaskDefinition(),
                good.digest(),
                outcome,
                good.strategy(),
                good.url(),
                good.seconds());
    }
}
