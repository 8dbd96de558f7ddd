package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Rollout.Outcome;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Brings a service onto an image and watches it to its true end. */
public final class RedeployService {
    private final RolloutApis apis;
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    public RedeployService(RolloutApis apis, RolloutLog log, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.ecs = apis.ecs();
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * @throws RolloutFailed when the rollout was begun and failed
     * @throws Problem when nothing was changed at the service
     */
    public Rollout run(RolloutRequest request) throws RolloutFailed {
        Optional<Service> found = new FindService(
                        ecs,
                        request.cluster(),
                        request.service(),
                        request.whenMissing().isPresent())
                .run();
        return found.isPresent()
                ? update(request, found.get())
                : create(request, request.whenMissing().orElseThrow());
    }

    private Rollout update(RolloutRequest request, Service service) throws RolloutFailed {
        BeginRollout begin = new BeginRollout(ecs, log, clock, request, service);
        BeginRollout.Plan plan = begin.plan();
        boolean nothing = plan.step() == BeginRollout.Step.NOTHING;
        if (nothing || request.dryRun()) {
            log.planned(begin.say(plan));
            return untouched(request, service, plan, nothing ? Outcome.UNCHANGED : Outcome.PLANNED);
        }
        return follow(request, begin.run(plan));
    }

    private Rollout create(RolloutRequest request, NewService wanted) throws RolloutFailed {
        log.planned(DescribeChange.created(request));
        return request.dryRun()
                ? planned(request)
                : follow(request, new CreateService(ecs, clock).run(request, wanted));
    }

    private Rollout follow(RolloutRequest request, Begun begun) throws RolloutFailed {
        return new FollowRollout(apis, log, clock, sleeper, request).run(begun);
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
                ServiceFacts.url(service),
                0);
    }

    private static Rollout planned(RolloutRequest request) {
        return new Rollout(
                Arns.name(request.cluster()),
                request.service(),
                "",
                "",
                Optional.empty(),
                request.digest(),
                Outcome.PLANNED,
                Optional.empty(),
                0);
    }
}
