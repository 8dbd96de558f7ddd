package io.github.ecsmaven.sandbox.ecs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The turns in the life of a service's deployments: begun, completed, failed, stopped. Pure. */
final class Deployments {
    private static final String BREAKER = "ECS deployment circuit breaker: ";
    private static final String NOTHING_GOOD = "No rollback candidate was found to run the rollback.";
    /** So long is a request to stop visible as such, in milliseconds; on AWS it is longer. */
    private static final long REQUEST_SEEN = 500;

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
                .begin(ServiceDeployment.begin(historyArn, next, List.copyOf(sources), shift(service, now), now))
                .steady(false);
    }

    private static @Nullable Shift shift(Service service, long now) {
        return ShiftRules.apply(service.settings().path("deploymentConfiguration"))
                ? Shift.begin(service.deployments().size(), now)
                : null;
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
                    told,
                    "Service deployment rolled back because the circuit breaker threshold was exceeded.",
                    BREAKER + "rolling back to deploymentId "
                            + service.lastGood().id() + ".",
                    now);
        }
        if (bad.rollback()) {
            return told.underWay(entry -> entry.finished("ROLLBACK_FAILED", "", now));
        }
        return service.rules().rollback()
                ? told.underWay(entry -> entry.finished("ROLLBACK_FAILED", NOTHING_GOOD, now))
                : told.underWay(entry -> entry.finished(
                        "STOPPED",
                        "Service deployment stopped because the circuit breaker threshold was exceeded.",
                        now));
    }

    /** A lifecycle hook has refused the new version: that is taken back whatever the circuit breaker is set to. */
    static Service refused(Service service, Shift.Stage stage, String hook, long now) {
        String why = "Service deployment rolled back because " + stage + " lifecycle hook(s) failed."
                + " Lifecycle hook target " + hook + " returned FAILED status.";
        Service told = service.primary(one -> one.failed(why, now));
        Deployment good = service.lastGood();
        return good == null
                ? told.underWay(entry -> entry.finished("ROLLBACK_FAILED", NOTHING_GOOD, now))
                : back(told, why, "ECS deployment " + good.id() + " in progress.", now);
    }

    /** StopServiceDeployment: written down here, {@link #obey}ed a moment later. */
    static Service stop(Service service, boolean rollback, long now) {
        return service.underWay(entry -> entry.requested(rollback, now));
    }

    /** Milliseconds until the request to stop is due; 0: there is none, or it is due. */
    static long untilStop(Service service, long now) {
        return service.underWay()
                .filter(ServiceDeployment::toStop)
                .map(entry -> Math.max(0, entry.updatedAt() + REQUEST_SEEN - now))
                .orElse(0L);
    }

    /** Does what StopServiceDeployment has asked for: back to the last good deployment, or just no further. */
    static Service obey(Service service, long now) {
        ServiceDeployment asked =
                service.underWay().filter(ServiceDeployment::toStop).orElse(null);
        if (asked == null) {
            return service;
        }
        Service told = service.primary(one -> one.failed("ECS deployment " + one.id() + " stopped.", now));
        if (!asked.toRollBack()) {
            return told.underWay(entry -> entry.finished("STOPPED", "", now));
        }
        Deployment good = service.lastGood();
        return good == null
                ? told.underWay(entry -> entry.finished("ROLLBACK_FAILED", NOTHING_GOOD, now))
                : back(
                        told,
                        "Service deployment rolled back because it was stopped.",
                        "ECS deployment " + good.id() + " in progress.",
                        now);
    }

    /** While the good one comes back there is none to go back to: a second failure ends it all. */
    private static Service back(Service service, String why, String rolloutReason, long now) {
        Deployment good = Objects.requireNonNull(service.lastGood());
        List<Deployment> all = new ArrayList<>();
        all.add(good.again(rolloutReason, now));
        service.deployments().stream()
                .filter(other -> !other.id().equals(good.id()))
                .forEach(other -> all.add(other.active(now)));
        return service.event(" rolling back to deployment " + good.id() + ".", now)
                .deployments(all, null)
                .underWay(entry -> entry.rollingBack(why, good.revision(), now))
                .steady(false);
    }
}
