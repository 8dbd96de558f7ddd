package io.github.ecsmaven.ecs;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.verdict.Arns;
import io.github.ecsmaven.ecs.verdict.Details;
import io.github.ecsmaven.ecs.verdict.Diagnosis;
import io.github.ecsmaven.ecs.verdict.Expected;
import io.github.ecsmaven.ecs.verdict.Observation.Tracked;
import io.github.ecsmaven.ecs.verdict.Verdict.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Brings a service back onto an earlier version, asked for by hand, and watches it to its true end. */
public final class RollBackService {
    private final RolloutApis apis;
    private final EcsClient ecs;
    private final RolloutLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    public RollBackService(RolloutApis apis, RolloutLog log, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.ecs = apis.ecs();
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * What was done, as one line: {@code Rolled back: revision 17 runs again.}
     *
     * @param record gets what became of it, also when it failed; not when nothing was changed, nor when it isn't known which image
     *     runs again
     * @throws Problem when there is nothing to go back to, or the rollback failed
     */
    public String run(RollBackRequest request, Consumer<Rollout> record) throws InterruptedException {
        Service service = new FindService(ecs, request.cluster(), request.service(), FindService.Absence.REFUSED)
                .run()
                .orElseThrow();
        if (TaskSets.isOfCodeDeploy(service)) {
            return byCodeDeploy(request, TaskSets.asDeployments(service), record);
        }
        String from = service.taskDefinition();
        String to = new FindEarlier(ecs, service).run(request.to());
        String name = request.service() + " in " + Arns.name(request.cluster());
        if (to.equals(from) && ServiceFacts.completed(service)) {
            return already(name, to);
        }
        log.planned("Rollback of " + name + ": " + Arns.revision(from) + " -> " + Arns.revisionNumber(to)
                + request.to().map(asked -> "").orElse(" (the last that completed)"));
        if (request.dryRun()) {
            return "Nothing was changed (ecs.dryRun).";
        }
        RecordRollBack recorded = new RecordRollBack(ecs, clock, request, service, to, record);
        Optional<Tracked> shifting = shifting(service, to);
        if (shifting.isPresent()) {
            return recorded.during(ServiceFacts.begun(service), () -> stop(request, service, to, shifting.get()));
        }
        Expected expected = begin(request, service, to);
        return recorded.during(
                expected.deploymentId(), () -> request.await() ? follow(expected, service) : started(to));
    }

    /**
     * A deployment that shifts traffic away from what is asked for: ECS takes that back at once, while an update would be
     * another deployment, with all its stages.
     */
    private Optional<Tracked> shifting(Service service, String to) {
        boolean back = ReadStrategy.of(service).shifts()
                && service.currentServiceDeployment() != null
                && !ServiceFacts.completed(service)
                && ServiceFacts.lastGood(ecs, service).equals(Optional.of(to));
        return back
                ? Optional.of(new Tracked(service.currentServiceDeployment(), "IN_PROGRESS", "", Optional.empty()))
                : Optional.empty();
    }

    private String stop(RollBackRequest request, Service service, String to, Tracked shifting)
            throws InterruptedException {
        RollBack back = new RollBack(ecs, log, clock, new WatchRollout(apis, log, clock, sleeper));
        Expected failed =
                expected(request, service, service, service.taskDefinition(), Optional.of(to), clock.instant());
        if (!request.await()) {
            if (!back.stop(shifting)) {
                begin(request, service, to);
            }
            return started(to);
        }
        log.ifInterrupted(IfInterrupted.goingBack(failed, to));
        return back.run(to, failed, Optional.of(shifting), ServiceFacts.eventIds(service))
                .told(request, "look at the service's events and tasks in the ECS console.");
    }

    private static String already(String name, String to) {
        return name + " already runs " + Arns.revision(to) + ": nothing to do.";
    }

    private static String started(String to) {
        return "Rollback to " + Arns.revision(to) + " started; nobody waits for its end (ecs.wait=false).";
    }

    private String byCodeDeploy(RollBackRequest request, Service service, Consumer<Rollout> record)
            throws InterruptedException {
        RollBackByCodeDeploy back = new RollBackByCodeDeploy(apis, log, clock, request, service);
        String name = request.service() + " in " + Arns.name(request.cluster());
        Optional<RollBackByCodeDeploy.Plan> planned = back.plan();
        if (planned.isEmpty()) {
            return already(name, service.taskDefinition());
        }
        RollBackByCodeDeploy.Plan plan = planned.get();
        log.planned("Rollback of " + name + " by CodeDeploy: " + plan.words(service));
        if (request.dryRun()) {
            return "Nothing was changed (ecs.dryRun).";
        }
        RecordRollBack recorded = new RecordRollBack(ecs, clock, request, service, plan.to(), record);
        if (plan instanceof RollBackByCodeDeploy.Plan.Stop stop) {
            return recorded.during(stop.deployment(), () -> {
                String line = back.stop(stop, new WatchRollout(apis, log, clock, sleeper));
                return line.isEmpty() ? started(plan.to()) : line;
            });
        }
        Expected expected = back.begin((RollBackByCodeDeploy.Plan.Deploy) plan);
        return recorded.during(
                expected.deploymentId(), () -> request.await() ? follow(expected, service) : started(plan.to()));
    }

    private Expected begin(RollBackRequest request, Service service, String to) {
        Instant started = clock.instant();
        boolean same = to.equals(service.taskDefinition());
        Service answer = CallUpdateService.back(ecs, request.cluster(), request.service(), to, same);
        Optional<String> good =
                ServiceFacts.completed(service) ? Optional.of(service.taskDefinition()) : Optional.empty();
        return expected(request, service, answer, to, good, started);
    }

    /**
     * @param newest the service with the deployment that is to be watched
     * @param brings its task definition
     * @param good what ECS would bring back if that failed
     */
    private static Expected expected(
            RollBackRequest request,
            Service service,
            Service newest,
            String brings,
            Optional<String> good,
            Instant started) {
        return request.expected(
                service,
                ServiceFacts.begun(newest),
                brings,
                good,
                ServiceFacts.breaker(service),
                started,
                RollBack.waitFor(ReadStrategy.of(service)));
    }

    private String follow(Expected expected, Service before) throws InterruptedException {
        log.ifInterrupted(IfInterrupted.goingBack(expected, expected.taskDefinition()));
        WatchRollout.Ended ended =
                new WatchRollout(apis, log, clock, sleeper).run(expected, ServiceFacts.eventIds(before));
        if (ended.verdict() instanceof Failed failed) {
            Instant at = clock.instant();
            Details details = new GatherDetails(apis, log).run(failed, ended.last(), expected);
            throw Diagnosis.explain(
                    failed,
                    ended.last(),
                    expected,
                    details,
                    new Diagnosis.End(at, List.of(), ConsoleLink.of(apis, expected)));
        }
        if (ended.last().desired() == 0) {
            log.warning("The service's desired count is 0: no task was started, nothing was proved.");
        }
        return "Rolled back: " + Arns.revision(expected.taskDefinition()) + " runs again, after "
                + DurationText.show(Duration.between(expected.started(), clock.instant())) + ".";
    }
}
