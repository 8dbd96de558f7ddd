package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.FindEarlierAppSpec.Earlier;
import io.github.ecsmaven.ecs.definition.AppSpec;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.WaitFor;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Brings a service that CodeDeploy deploys back, asked for by hand: a deployment that is under way is stopped with CodeDeploy's
 * rollback, as its original tasks still run; afterwards an earlier version is deployed again.
 */
final class RollBackByCodeDeploy {
    private final RolloutApis apis;
    private final RolloutLog log;
    private final Clock clock;
    private final RollBackRequest request;
    private final Service service;
    private final CreateDeployment create;

    /** @param service as {@link TaskSets#asDeployments} reads it */
    RollBackByCodeDeploy(RolloutApis apis, RolloutLog log, Clock clock, RollBackRequest request, Service service) {
        this.apis = apis;
        this.log = log;
        this.clock = clock;
        this.request = request;
        this.service = service;
        this.create = CreateDeployment.of(apis, request.codeDeploy(), service);
    }

    /** What a rollback is. */
    sealed interface Plan {
        /** ARN of the task definition that is brought back. */
        String to();

        /** What it does, to follow a colon. */
        String words(Service service);

        /** A deployment that is stopped. */
        record Stop(String deployment, String to) implements Plan {
            @Override
            public String words(Service service) {
                return deployment + " is stopped, back to " + Arns.revision(to);
            }
        }

        /** A deployment that is created. */
        record Deploy(AppSpec spec, String to) implements Plan {
            @Override
            public String words(Service service) {
                return Arns.revision(service.taskDefinition()) + " -> " + Arns.revisionNumber(to);
            }
        }
    }

    /**
     * Empty when what is asked for has the traffic, and nothing is under way.
     *
     * @throws Problem when there is nothing to go back to
     */
    Optional<Plan> plan() {
        Optional<String> to = request.to().map(asked -> new FindEarlier(apis.ecs(), service).run(Optional.of(asked)));
        Optional<String> active = create.group().active();
        Optional<String> good = ServiceFacts.lastGood(apis.ecs(), service);
        if (active.isPresent() && good.isPresent() && to.map(good.get()::equals).orElse(true)) {
            return Optional.of(new Plan.Stop(active.get(), good.get()));
        }
        if (active.isEmpty() && to.equals(Optional.of(service.taskDefinition()))) {
            return Optional.empty();
        }
        return Optional.of(to.map(this::deploy).orElseGet(this::last));
    }

    private Plan last() {
        Earlier earlier = history()
                .run(arn -> !arn.equals(service.taskDefinition()))
                .orElseThrow(() -> new FindEarlier(apis.ecs(), service)
                        .unknown("No earlier deployment of '" + service.serviceName()
                                + "' with another task definition is known to CodeDeploy."));
        return new Plan.Deploy(earlier.spec(), earlier.taskDefinition());
    }

    private Plan deploy(String arn) {
        return new Plan.Deploy(history().run(arn::equals).map(Earlier::spec).orElseGet(() -> made(arn)), arn);
    }

    private FindEarlierAppSpec history() {
        return new FindEarlierAppSpec(apis.codeDeploy().get(), create.group(), log);
    }

    private AppSpec made(String arn) {
        KnownDefinition known = EcsCalls.call(
                "describe the task definition '" + Arns.name(arn) + "'", () -> KnownDefinition.read(apis.ecs(), arn));
        return AppSpec.of(Optional.empty(), service, new WantedTask(known.again(), ""), arn);
    }

    /** Begins it; what is left is to follow it. */
    Expected begin(Plan.Deploy plan) {
        Instant started = clock.instant();
        return expected(create.create(plan.spec()), plan.to(), Optional.of(service.taskDefinition()), started);
    }

    /**
     * Stops the deployment, and follows that when it is to be waited for.
     *
     * @throws Problem when the old version has not got the traffic again
     */
    String stop(Plan.Stop plan, WatchRollout watch) throws InterruptedException {
        RollBackDeployment back = new RollBackDeployment(apis, log, clock, watch);
        if (!request.await()) {
            if (!back.stop(plan.deployment())) {
                throw Problem.ofProject(
                        "The deployment " + plan.deployment() + " came to its end before it could be stopped.",
                        "look in CodeDeploy's console which version has the traffic, and roll back again when it is not the right one.");
            }
            return "";
        }
        String brings = TaskSets.taskDefinition(service, plan.deployment()).orElse(service.taskDefinition());
        Expected failed = expected(plan.deployment(), brings, Optional.of(plan.to()), clock.instant());
        return back.stopped(plan.to(), failed, ServiceFacts.eventIds(service))
                .told(request, "look at the deployment " + plan.deployment() + " in CodeDeploy's console.");
    }

    private Expected expected(String id, String brings, Optional<String> good, Instant started) {
        return request.expected(service, id, brings, good, create.breaker(), started, WaitFor.traffic);
    }
}
