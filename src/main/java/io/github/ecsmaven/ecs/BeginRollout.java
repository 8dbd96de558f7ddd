package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.ecs.definition.ChooseContainer;
import io.github.ecsmaven.ecs.definition.CompareDefinitions;
import io.github.ecsmaven.ecs.definition.ImageName;
import io.github.ecsmaven.ecs.definition.KnownDefinition;
import io.github.ecsmaven.ecs.definition.WantedTask;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Expected;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;

/** Decides what has to change at a service, and changes it: at most one revision, exactly one deployment. */
final class BeginRollout {
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final RolloutRequest request;
    private final Service service;
    private final Deployer deployer;

    /** @param deployer begins the deployment */
    BeginRollout(
            EcsClient ecs, RolloutLog log, Clock clock, RolloutRequest request, Service service, Deployer deployer) {
        this.ecs = ecs;
        this.log = log;
        this.clock = clock;
        this.request = request;
        this.service = service;
        this.deployer = deployer;
    }

    /** What is to be done. */
    enum Step {
        /** The service runs this: nothing. */
        NOTHING,
        /** A rollout of this very task definition is under way: watch it. */
        FOLLOW,
        /** The same task definition once more. */
        FORCE,
        /** Another revision. */
        REVISION
    }

    /**
     * @param step what is to be done
     * @param arn of the task definition that the service has
     * @param task that it shall have
     * @param before image of that container until now; empty when the container is new
     * @param changes what differs, in words
     * @param restart the same once more is what is wanted
     */
    record Plan(Step step, String arn, WantedTask task, String before, List<String> changes, boolean restart) {
        Plan {
            changes = List.copyOf(changes);
        }

        Plan nothing() {
            return new Plan(Step.NOTHING, arn, task, before, changes, restart);
        }

        Plan force() {
            return new Plan(Step.FORCE, arn, task, before, changes, restart);
        }

        /** @param brings ARN of the task definition that is being deployed */
        Plan follow(String brings) {
            return new Plan(Step.FOLLOW, brings, task, before, changes, restart);
        }
    }

    Plan plan() {
        KnownDefinition current = EcsCalls.call(
                "describe the task definition of service '" + service.serviceName() + "'",
                () -> KnownDefinition.read(ecs, service.taskDefinition()));
        return deployer.look(
                request.mode() == RolloutRequest.Mode.restart ? restartPlan(current) : revisionPlan(current));
    }

    private Plan revisionPlan(KnownDefinition current) {
        RegisterTaskDefinitionRequest had = current.again();
        WantedTask task = WantedTask.of(request.wanted(), request.containerName(), request.image(), () -> had);
        List<String> changes = CompareDefinitions.changes(had, task.definition(), task.container());
        String before = had.containerDefinitions().stream()
                .filter(one -> one.name().equals(task.container()))
                .flatMap(one -> Optional.ofNullable(one.image()).stream())
                .findFirst()
                .orElse("");
        Step step = changes.isEmpty() ? same() : Step.REVISION;
        return new Plan(step, current.arn(), task, before, changes, false);
    }

    private Step same() {
        if (ServiceFacts.inProgress(service)) {
            return Step.FOLLOW;
        }
        int running = ReadObservation.number(service.runningCount());
        int desired = ReadObservation.number(service.desiredCount());
        return ServiceFacts.completed(service) && (running > 0 || desired == 0) ? Step.NOTHING : Step.FORCE;
    }

    private Plan restartPlan(KnownDefinition current) {
        request.wanted()
                .taskDefinition()
                .ifPresent(file -> log.warning("ecs.mode=restart starts the task definition that the service has: "
                        + file.name() + " is not looked at."));
        RolloutRequest.requireTogether(request.mode(), request.wanted().changes());
        RegisterTaskDefinitionRequest had = current.again();
        ContainerDefinition container = ChooseContainer.choose(
                had.family(), had.containerDefinitions(), request.containerName(), request.image());
        WantedTask task = new WantedTask(had, container.name());
        return new Plan(restart(container), current.arn(), task, container.image(), List.of(), true);
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
            case FOLLOW -> withStrategy("A rollout of this image is under way: following it");
            case REVISION -> withStrategy(DescribeChange.revision(request, plan));
            case FORCE ->
                withStrategy(
                        request.mode() == RolloutRequest.Mode.restart
                                ? DescribeChange.restart(request, plan)
                                : DescribeChange.again(request, plan.arn()));
        };
    }

    private String withStrategy(String change) {
        return ReadStrategy.of(service).after(change);
    }

    /** Carries the plan out. */
    Begun run(Plan plan) {
        // Looked up before anything changes: afterwards the newest completed deployment may be another.
        Optional<String> good = ServiceFacts.lastGood(ecs, service);
        if (plan.step() != Step.REVISION) {
            log.planned(say(plan));
        }
        String arn = plan.step() == Step.REVISION ? revision(plan) : plan.arn();
        Instant started = clock.instant();
        String id = deployer.run(plan, arn);
        Expected expected = new Expected(
                Arns.name(request.cluster()),
                request.service(),
                id,
                arn,
                good,
                plan.task().container(),
                Optional.of(request.expectedImage()),
                ReadObservation.number(service.desiredCount()),
                deployer.breaker(),
                started,
                request.timeout(),
                ReadStrategy.of(service),
                request.waitFor());
        Set<String> before = ServiceFacts.eventIds(service);
        return new Begun(expected, Optional.of(plan.arn()), before, ServiceFacts.url(service));
    }

    private String revision(Plan plan) {
        RegisterRevision.Revision revision = new RegisterRevision(ecs).run(plan.task());
        log.planned(withStrategy(DescribeChange.begun(request, plan, revision)));
        return revision.arn();
    }
}
