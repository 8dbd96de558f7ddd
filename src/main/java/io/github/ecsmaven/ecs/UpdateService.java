package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Expected;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Deploys through ECS itself: exactly one UpdateService. */
final class UpdateService implements Deployer {
    private final EcsClient ecs;
    private final RolloutRequest request;
    private final Service service;

    UpdateService(EcsClient ecs, RolloutRequest request, Service service) {
        this.ecs = ecs;
        this.request = request;
        this.service = service;
    }

    /** A deployment that is under way is replaced by the next. */
    @Override
    public BeginRollout.Plan look(BeginRollout.Plan plan) {
        return plan;
    }

    @Override
    public String run(BeginRollout.Plan plan, String taskDefinition) {
        if (plan.step() == BeginRollout.Step.FOLLOW) {
            return ServiceFacts.begun(service);
        }
        Service answer = CallUpdateService.run(
                ecs,
                "update service '" + request.service() + "'",
                request.cluster(),
                request.service(),
                taskDefinition,
                plan.step() == BeginRollout.Step.FORCE);
        return ServiceFacts.begun(answer);
    }

    @Override
    public Expected.Breaker breaker() {
        return ServiceFacts.breaker(service);
    }
}
