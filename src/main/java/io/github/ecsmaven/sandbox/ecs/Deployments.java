package io.github.ecsmaven.sandbox.ecs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The turns in the life of a service's deployments: begun, completed, failed, stopped. Pure. */
final class Deployments {
    private static final String BREAKER = "ECS deployment circuit breaker: ";

    private Deployments() {}

    /** A new deployment takes over; one that was under way is given up. */
    static Service begin(Service service, Deployment next, String historyArn, long now) {
        List<Deployment> all = new ArrayList<>();
        all.add(next);
        service.deployments().forEach(old -> all.add(old.active(now)));
        Set<String> sources = new LinkedHashSet<>();
        service.deployments().forEach(old -> sources.add(old.revision()));
        return service.underWay(entry -> entry.finished("STOPPED", "", now))
                .deployments(all, service.lastGood())
                .begin(ServiceDeployment.begin(historyArn, next, List.copyOf(sources), now))
                .steady(false);
    }

    /** All tasks of the PRIMARY deployment serve, and no others are left. */
    static Service complete(Service service, long now) {
        Deployment done = service.primary().completed(now);
        boolean back = service.primary().rollback();
        return service.deployments(List.of(done), done)
                .event(" (deployment " + done.id() + ") deployment completed.", now)
                .underWay(entry -> entry.finished(back ? "ROLLBACK_SUCCESSFUL" : "SUCCESSFUL", "", now));
    }

    /** The circuit breaker has had enough of the PRIMARY deployment. */
    static Service fail(Service service, long now) {
        Deployment bad = service.primary();
        Service told = service.primary(one -> one.failed(BREAKER + "tasks failed to start.", now))
                .event(" (deployment " + bad.id() + ") deployment failed: tasks failed to start.", now);
        if (service.rules().rollback() && service.lastGood() != null) {
            return back(
                    told, "Service deployment rolled back because the circuit breaker threshold was exceeded.", now);
        }
        String end = bad.rollback() ? "ROLLBACK_FAILED" : "STOPPED";
        return told.underWay(entry -> entry.finished(
                end,
                bad.rollback() ? "" : "Service deployment stopped because the circuit breaker threshold was exceeded.",
                now));
    }

    /** StopServiceDeployment: back to the last good deployment where there is one, else just no further. */
    static Service stop(Service service, boolean rollback, long now) {
        Service told = service.primary(one -> one.failed("ECS deployment " + one.id() + " stopped.", now));
        if (rollback && service.lastGood() != null) {
            return back(told, "Service deployment rolled back because it was stopped.", now);
        }
        return told.underWay(entry -> entry.finished("STOPPED", "", now));
    }

    /** While the good one comes back there is none to go back to: a second failure ends it all. */
    private static Service back(Service service, String why, long now) {
        Deployment good = java.util.Objects.requireNonNull(service.lastGood());
        List<Deployment> all = new ArrayList<>();
        all.add(good.again(BREAKER + "rolling back to deploymentId " + good.id() + ".", now));
        service.deployments().stream()
                .filter(other -> !other.id().equals(good.id()))
                .forEach(other -> all.add(other.active(now)));
        return service.event(" rolling back to deployment " + good.id() + ".", now)
                .deployments(all, null)
                .underWay(entry -> entry.rollingBack(why, good.revision(), now))
                .steady(false);
    }
}
