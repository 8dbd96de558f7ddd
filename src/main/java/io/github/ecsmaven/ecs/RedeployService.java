package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Strategy;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Brings a service onto an image and watches it to its true end. */
final class RedeployService {
    private final RolloutApis apis;
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Optional<ServiceCheck> check;
    private final Clock clock;
    private final Sleeper sleeper;

    RedeployService(RolloutApis apis, RolloutLog log, Clock clock, Sleeper sleeper) {
        this(apis, log, Optional.empty(), clock, sleeper);
    }

    /** @param check what the service is asked when the rollout has come to a good end */
    RedeployService(RolloutApis apis, RolloutLog log, Optional<ServiceCheck> check, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.ecs = apis.ecs();
        this.log = log;
        this.check = check;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** What is to be done, as far as it is known without a change. */
    sealed interface Prepared {
        /** Nothing. */
        record Settled(Rollout rollout) implements Prepared {}

        /** Nothing but to ask the service, which runs what it shall. */
        record ToBeAsked(Rollout rollout) implements Prepared {}

        /** A rollout, which begins when it is asked for. */
        record Ready(Supplier<Begun> begin) implements Prepared {}
    }

    /**
     * Reads and decides; changes nothing.
     *
     * @throws Problem when the service can't be brought onto the image
     */
    Prepared prepare(RolloutRequest request) {
        Optional<Service> found = new FindService(ecs, request.cluster(), request.service(), request.absence()).run();
        return found.isPresent() ? update(request, found.get()) : create(request);
    }

    private Prepared update(RolloutRequest request, Service found) {
        Service service = TaskSets.asDeployments(found);
        check.ifPresent(one -> one.require(ServiceFacts.url(found)));
        Deployer deployer = TaskSets.isOfCodeDeploy(found)
                ? CreateDeployment.of(apis, request.wanted().codeDeploy(), service)
                : new UpdateService(ecs, request, service);
        BeginRollout begin = new BeginRollout(ecs, log, clock, request, service, deployer);
        BeginRollout.Plan plan = begin.plan();
        boolean nothing = plan.step() == BeginRollout.Step.NOTHING;
        // One that is followed has a part of it behind it.
        if (request.await() && !nothing && plan.step() != BeginRollout.Step.FOLLOW) {
            RefuseShortWait.check(
                    request.cluster(),
                    request.service(),
                    ReadStrategy.of(service),
                    new RolloutRequest.Wait(request.waitFor(), request.timeout()));
        }
        if (nothing || request.dryRun()) {
            log.planned(begin.say(plan));
            if (request.dryRun()) {
                tellCheck(request);
            }
            Rollout untouched = untouched(request, service, plan, nothing ? Outcome.UNCHANGED : Outcome.PLANNED);
            return check.isPresent() && !request.dryRun()
                    ? new Prepared.ToBeAsked(untouched)
                    : new Prepared.Settled(untouched);
        }
        return new Prepared.Ready(() -> begun(request, begin.run(plan)));
    }

    private Prepared create(RolloutRequest request) {
        CreateService create = new CreateService(ecs, clock, request);
        CreateService.Plan plan = create.plan();
        Strategy strategy = ReadStrategy.of(plan.service().deploymentConfiguration());
        String change = strategy.after(DescribeChange.created(request));
        if (request.dryRun()) {
            log.planned(change);
            tellCheck(request);
            return new Prepared.Settled(planned(request, strategy));
        }
        return new Prepared.Ready(() -> {
            log.planned(change);
            return begun(request, create.run(plan));
        });
    }

    private void tellCheck(RolloutRequest request) {
        check.ifPresent(one -> log.planned("Then " + request.service() + " would be asked " + one.words()));
    }

    private Begun begun(RolloutRequest request, Begun begun) {
        log.ifInterrupted(IfInterrupted.underWay(begun.expected(), request.mode(), apis.sandbox()));
        return begun;
    }

    /** The rollout as long as nobody has looked at it. */
    Rollout started(RolloutRequest request, Begun begun) {
        return new FollowRollout(apis, log, check, clock, sleeper, request).started(begun);
    }

    /** @throws RolloutFailed when the rollout that was begun failed */
    Rollout follow(RolloutRequest request, Begun begun) throws RolloutFailed {
        return new FollowRollout(apis, log, check, clock, sleeper, request).run(begun);
    }

    /**
     * Asks a service that already ran what it shall.
     *
     * @throws RolloutFailed when it does not answer as it shall
     */
    Rollout ask(RolloutRequest request, Rollout rollout) throws RolloutFailed {
        return new AskService(apis, log, clock, sleeper, request).unchanged(check.orElseThrow(), rollout);
    }

    private Rollout untouched(RolloutRequest request, Service service, BeginRollout.Plan plan, Outcome outcome) {
        int running = ReadObservation.number(service.runningCount());
        int desired = ReadObservation.number(service.desiredCount());
        if (outcome == Outcome.UNCHANGED && (running < desired || desired == 0)) {
            log.warning(running + " of " + desired + " tasks run.");
        }
        return new Rollout(
                Arns.name(request.cluster()),
                request.service(),
                ServiceFacts.primary(service).map(d -> d.id()).orElse(""),
                plan.arn(),
                Optional.of(plan.arn()),
                request.digest(),
                outcome,
                ReadStrategy.of(service).kind().name(),
                ServiceFacts.url(service),
                0);
    }

    private static Rollout planned(RolloutRequest request, Strategy strategy) {
        return new Rollout(
                Arns.name(request.cluster()),
                request.service(),
                "",
                "",
                Optional.empty(),
                request.digest(),
                Outcome.PLANNED,
                strategy.kind().name(),
                Optional.empty(),
                0);
    }
}
