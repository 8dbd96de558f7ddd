package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.ecs.Shift.Stage;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes a blue/green, linear or canary deployment through its lifecycle stages. Lambda functions don't run here: a hook
 * succeeds at once unless a fault is ordered. Pure.
 */
final class ShiftTraffic {
    /** So long is a stage visible that has nothing to wait for, in milliseconds; on AWS it is longer. */
    static final long VISIBLE = 1_000;

    private static final Set<Stage> BEFORE_START = Set.of(Stage.RECONCILE_SERVICE, Stage.PRE_SCALE_UP);

    private ShiftTraffic() {}

    /**
     * @param ready all new tasks serve
     * @param hookFails asked for a stage with a hook, when the stage is over
     */
    static Service advance(Service service, boolean ready, long now, Predicate<String> hookFails) {
        Optional<Shift> found = service.shift();
        if (found.isEmpty() || untilDue(service, now) > 0) {
            return service;
        }
        Shift at = found.get();
        if (at.stage() == Stage.CLEAN_UP || (at.stage() == Stage.SCALE_UP && !ready)) {
            return service;
        }
        ShiftRules rules = rules(service);
        Shift next = rules.after(at, now);
        Optional<String> hook = Optional.ofNullable(rules.hooks().get(at.stage().name()))
                .filter(target -> next.stage() != at.stage())
                .filter(target -> hookFails.test(at.stage().name()));
        return hook.map(target -> Deployments.refused(service, at.stage(), target, now))
                .orElseGet(() -> service.underWay(entry -> entry.in(next, now)));
    }

    /** Milliseconds until the stage is over; 0: it waits for tasks, or nothing shifts. */
    static long untilDue(Service service, long now) {
        return service.shift()
                .map(at -> Math.max(0, at.since() + rules(service).lasts(at, VISIBLE) - now))
                .orElse(0L);
    }

    private static ShiftRules rules(Service service) {
        ShiftRules rules = ShiftRules.of(service.settings().path("deploymentConfiguration"));
        boolean first =
                service.underWay().map(entry -> entry.sources().isEmpty()).orElse(false);
        return first ? rules.alone() : rules;
    }

    static boolean mayStart(Service service) {
        return service.shift().map(at -> !BEFORE_START.contains(at.stage())).orElse(true);
    }

    /** Whether the old tasks may go, and the deployment may come to its end. */
    static boolean mayEnd(Service service) {
        return service.shift().map(at -> at.stage() == Stage.CLEAN_UP).orElse(true);
    }
}
