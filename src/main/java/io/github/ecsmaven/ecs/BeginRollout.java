package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/** Decides what has to change at a service, and changes it: at most one revision, exactly one UpdateService. */
final class BeginRollout {
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final RolloutRequest request;
    private final Service service;

    BeginRollout(EcsClient ecs, RolloutLog log, Clock clock, RolloutRequest request, Service service) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.request = request;
        this.service = service;
    }

    /** What is to be done. */
    enum Step {
        /** The service runs this image: nothing. */
        NOTHING,
        /** A rollout of this very image is under way: watch it. */
        FOLLOW,
        /** The same task definition once more. */
        FORCE,
        /** A new revision. */
        REGISTER
    }

    /** @param step what is to be done, for that container of the current task definition */
    record Plan(Step step, DescribeTaskDefinitionResponse current, ContainerDefinition container) {
        String arn() {
            return current.taskDefinition().taskDefinitionArn();
        }
    }

    Plan plan() {
        DescribeTaskDefinitionResponse current = current(ecs, service);
        ContainerDefinition container = ChooseContainer.choose(
                current.taskDefinition().family(),
                current.taskDefinition().containerDefinitions(),
                request.containerName(),
                request.image());
        Step step = request.mode() == RolloutRequest.Mode.restart ? restart(container) : revision(container);
        return new Plan(step, current, container);
    }

    static DescribeTaskDefinitionResponse current(EcsClient ecs, Service service) {
        return EcsCalls.call(
                "describe the task definition of service '" + service.serviceName() + "'",
                () -> ecs.describeTaskDefinition(
                        ask -> ask.taskDefinition(service.taskDefinition()).include(TaskDefinitionField.TAGS)));
    }

    private Step revision(ContainerDefinition container) {
        if (!request.image().equals(container.image())) {
            return Step.REGISTER;
        }
        if (ServiceFacts.inProgress(service)) {
            return Step.FOLLOW;
        }
        int running = ReadObservation.number(service.runningCount());
        int desired = ReadObservation.number(service.desiredCount());
        return ServiceFacts.completed(service) && (running > 0 || desired == 0) ? Step.NOTHING : Step.FORCE;
    }

    private Step restart(ContainerDefinition container) {
        ImageName runs = ImageName.parse(container.image());
        if (runs.digest().isPresent()
                && !runs.digest().get().equals(request.digest().value())) {
            throw Problem.ofProject(
                    "A restart of '" + request.service() + "' would run the old image again: its container '"
                            + container.name() + "' is pinned to a digest.",
                    List.of(container.name() + "  " + container.image()),
                    "use ecs.mode=revision.");
        }
        if (!runs.sameRepository(request.image())) {
            log.warning("The container '" + container.name() + "' runs '" + container.image()
                    + "', which is not the repository that was pushed.");
        }
        return Step.FORCE;
    }

    /** The plan in words; of a new revision the number is not known before it is registered. */
    String say(Plan plan) {
        return switch (plan.step()) {
            case NOTHING -> DescribeChange.unchanged(request, plan.arn());
            case FOLLOW -> "A rollout of this image is under way: following it";
            case REGISTER -> DescribeChange.revision(request, plan.arn(), plan.container());
            case FORCE ->
                request.mode() == RolloutRequest.Mode.restart
                        ? DescribeChange.restart(request, plan.arn())
                        : DescribeChange.again(request, plan.arn());
        };
    }

    /** Carries the plan out. */
    Begun run(Plan plan) {
        // Looked up before anything changes: afterwards the newest completed deployment may be another.
        Optional<String> good = ServiceFacts.lastGood(ecs, service);
        if (plan.step() != Step.REGISTER) {
            log.planned(say(plan));
        }
        if (plan.step() == Step.FOLLOW) {
            return begun(service, plan, plan.arn(), good);
        }
        String arn = plan.step() == Step.REGISTER ? register(plan) : plan.arn();
        Instant started = clock.instant();
        Service answer = EcsCalls.call("update service '" + request.service() + "'", () -> ecs.updateService(u -> {
                    u.cluster(request.cluster()).service(request.service()).taskDefinition(arn);
                    if (plan.step() == Step.FORCE) {
                        u.forceNewDeployment(true);
                    }
                })
                .service());
        return begun(answer, plan, arn, good, started);
    }

    private Begun begun(Service answer, Plan plan, String arn, Optional<String> good) {
        return begun(answer, plan, arn, good, clock.instant());
    }

    private Begun begun(Service answer, Plan plan, String arn, Optional<String> good, Instant started) {
        Expected expected = new Expected(
                Arns.name(request.cluster()),
                request.service(),
                ServiceFacts.begun(answer),
                arn,
                good,
                plan.container().name(),
                Optional.of(Expected.Image.of(request)),
                ReadObservation.number(service.desiredCount()),
                ServiceFacts.breaker(service),
                started,
                request.timeout());
        Set<String> before = ServiceFacts.eventIds(service);
        return new Begun(expected, Optional.of(plan.arn()), before, ServiceFacts.url(service));
    }

    private String register(Plan plan) {
        RegisterTaskDefinitionRequest copy = CopyTaskDefinition.withImage(
                plan.current().taskDefinition(),
                plan.current().tags(),
                plan.container().name(),
                request.image());
        String arn = EcsCalls.call(
                "register a new revision of '" + copy.family() + "'",
                () -> ecs.registerTaskDefinition(copy).taskDefinition().taskDefinitionArn());
        log.planned(DescribeChange.registered(request, plan.arn(), arn));
        return arn;
    }
}
