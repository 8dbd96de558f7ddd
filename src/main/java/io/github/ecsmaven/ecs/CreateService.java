package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.RolloutRequest.NewService;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** Creates a missing service on its first rollout: as the project says, and in the sandbox without being told anything. */
final class CreateService {
    private final EcsClient ecs;
    private final Clock clock;
    private final RolloutRequest request;

    CreateService(EcsClient ecs, Clock clock, RolloutRequest request) {
        this.ecs = ecs;
        this.clock = clock;
        this.request = request;
    }

    /**
     * @param task that it shall run
     * @param service to be created, but for the task definition's ARN
     */
    record Plan(WantedTask task, CreateServiceRequest service) {}

    /** @throws Problem when what the project says can't be used */
    Plan plan() {
        CreateServiceRequest written = WantedService.written(request.service(), request.cluster(), request.wanted());
        WantedTask task = WantedTask.of(
                request.wanted(), request.containerName(), request.image(), () -> asItIs(written.taskDefinition()));
        return new Plan(task, WantedService.of(request, written, task));
    }

    /** Without a file: an existing task definition that the service names; in the sandbox one is made up. */
    private RegisterTaskDefinitionRequest asItIs(@Nullable String named) {
        if (named != null) {
            return EcsCalls.call("describe the task definition '" + named + "'", () -> KnownDefinition.read(ecs, named))
                    .again();
        }
        NewService sandbox = request.whenMissing().orElseThrow(() -> unknownDefinition(request.service()));
        return SandboxService.taskDefinition(
                request, sandbox, ecs.serviceClientConfiguration().region());
    }

    static Problem unknownDefinition(String service) {
        return Problem.ofProject(
                "The service '" + service + "' can't be created: its task definition is not known.",
                "write src/main/ecs/task-definition.json, or taskDefinition in the service's file.");
    }

    /** Its first rollout, begun. */
    Begun run(Plan plan) {
        Instant started = clock.instant();
        if (request.whenMissing().isPresent()) {
            EcsCalls.call(
                    "create cluster '" + request.cluster() + "'",
                    () -> ecs.createCluster(c -> c.clusterName(Arns.name(request.cluster()))));
        }
        String arn = new RegisterRevision(ecs).run(plan.task()).arn();
        Service made = EcsCalls.call("create service '" + request.service() + "'", () -> ecs.createService(
                        plan.service().toBuilder().taskDefinition(arn).build())
                .service());
        Expected expected = new Expected(
                Arns.name(request.cluster()),
                request.service(),
                ServiceFacts.begun(made),
                made.taskDefinition(),
                Optional.empty(),
                plan.task().container(),
                Optional.of(request.expectedImage()),
                ReadObservation.number(plan.service().desiredCount()),
                ServiceFacts.breaker(made),
                started,
                request.timeout(),
                ReadStrategy.of(made.deploymentConfiguration()),
                request.waitFor());
        return new Begun(expected, Optional.empty(), Set.of(), ServiceFacts.url(made));
    }
}
