package io.github.ecsmaven.ecs;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.Verdict.Failed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
     * @throws Problem when there is nothing to go back to, or the rollback failed
     */
    public String run(RollBackRequest request) throws InterruptedException {
        Service service = new FindService(ecs, request.cluster(), request.service(), FindService.Absence.REFUSED)
                .run()
                .orElseThrow();
        String from = service.taskDefinition();
        String to = new FindEarlier(ecs, service).run(request.to());
        String name = request.service() + " in " + Arns.name(request.cluster());
        if (to.equals(from) && ServiceFacts.completed(service)) {
            return name + " already runs " + Arns.revision(to) + ": nothing to do.";
        }
        log.planned("Rollback of " + name + ": " + Arns.revision(from) + " -> " + Arns.revisionNumber(to)
                + request.to().map(asked -> "").orElse(" (the last that completed)"));
        if (request.dryRun()) {
            return "Nothing was changed (ecs.dryRun).";
        }
        Expected expected = begin(request, service, to);
        return request.await()
                ? follow(expected, service)
                : "Rollback to " + Arns.revision(to) + " started; nobody waits for its end (ecs.wait=false).";
    }

    private Expected begin(RollBackRequest request, Service service, String to) {
        Instant started = clock.instant();
        boolean same = to.equals(service.taskDefinition());
        Service answer = EcsCalls.call(
                "roll service '" + request.service() + "' back to " + Arns.revision(to), () -> ecs.updateService(u -> {
                            u.cluster(request.cluster())
                                    .service(request.service())
                                    .taskDefinition(to);
                            if (same) {
                                u.forceNewDeployment(true);
                            }
                        })
                        .service());
        return new Expected(
                Arns.name(request.cluster()),
                request.service(),
                ServiceFacts.begun(answer),
                to,
                ServiceFacts.completed(service) ? Optional.of(service.taskDefinition()) : Optional.empty(),
                "",
                Optional.empty(),
                ReadObservation.number(service.desiredCount()),
                ServiceFacts.breaker(service),
                started,
                request.timeout());
    }

    private String follow(Expected expected, Service before) throws InterruptedException {
        WatchRollout.Ended ended =
                WatchRollout.at(apis, log, clock, sleeper).run(expected, ServiceFacts.eventIds(before));
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
