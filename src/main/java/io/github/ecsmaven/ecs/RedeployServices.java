package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.RedeployService.Prepared;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings several services onto an image. All are looked at before one is changed; then each gets its one update, in order; then all
 * are watched at the same time. A failure of one hides no other, not even one that nobody foresaw.
 */
public final class RedeployServices {
    private final RolloutApis apis;
    private final Function<String, RolloutLog> logs;
    private final Function<String, Optional<ServiceCheck>> checks;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param logs makes the log of a service */
    public RedeployServices(RolloutApis apis, Function<String, RolloutLog> logs, Clock clock, Sleeper sleeper) {
        this(apis, logs, service -> Optional.empty(), clock, sleeper);
    }

    /**
     * @param logs makes the log of a service
     * @param checks what a service is asked when its rollout has come to a good end
     */
    public RedeployServices(
            RolloutApis apis,
            Function<String, RolloutLog> logs,
            Function<String, Optional<ServiceCheck>> checks,
            Clock clock,
            Sleeper sleeper) {
        this.apis = apis;
        this.logs = logs;
        this.checks = checks;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    private record Order(RolloutRequest request, RedeployService redeploy) {
        String name() {
            return request.service();
        }
    }

    /** Its end. */
    private interface Follow {
        Rollout run() throws RolloutFailed;
    }

    private sealed interface Result {
        record Good(Rollout rollout) implements Result {}

        record Bad(RolloutFailed failed) implements Result {}
    }

    /** What became of the services, by name. */
    private static final class Outcomes {
        final Map<String, Problem> problems = new LinkedHashMap<>();
        final Map<String, String> others = new LinkedHashMap<>();
        private final Ends ends;

        Outcomes(Ends ends) {
            this.ends = ends;
        }

        void begun(Rollout rollout) {
            try {
                ends.begun(rollout);
            } catch (RuntimeException untold) {
                // Its end is told by the same way, and says so.
                return;
            }
        }

        void good(Rollout rollout) {
            others.put(rollout.service(), SayEnd.ofOther(rollout));
            try {
                ends.good(rollout);
            } catch (RuntimeException untold) {
                problems.put(rollout.service(), Unexpected.untold(rollout, untold));
                others.remove(rollout.service());
            }
        }

        void bad(Rollout rollout, Problem problem) {
            problems.put(rollout.service(), problem);
            try {
                ends.bad(rollout, problem);
            } catch (RuntimeException untold) {
                problem.addSuppressed(untold);
            }
        }
    }

    /** Hears of each rollout when it has begun and when it ends; called by the thread that began them. */
    public interface Ends {
        /** @param rollout as it is to be recorded if nobody comes to its end any more */
        default void begun(Rollout rollout) {}

        void good(Rollout rollout);

        void bad(Rollout rollout, Problem problem);
    }

    /** Rollouts that were begun, and what went wrong until then. */
    public static final class UnderWay {
        private final List<String> services;
        private final List<Follow> begun;
        private final Outcomes outcomes;

        private UnderWay(List<String> services, List<Follow> begun, Outcomes outcomes) {
            this.services = services;
            this.begun = begun;
            this.outcomes = outcomes;
        }

        /** Something was begun, and nothing has gone wrong so far: there is nothing to tell before the end. */
        public boolean isWell() {
            return !begun.isEmpty() && outcomes.problems.isEmpty();
        }

        /**
         * Watches them to their end.
         *
         * @throws Problem when one or more failed, or could not be begun
         */
        public void follow() {
            EachService.run(
                    begun.stream()
                            .<Supplier<Result>>map(one -> () -> watch(one))
                            .toList(),
                    end -> tell(end, outcomes));
            if (!outcomes.problems.isEmpty()) {
                throw ServicesFailed.told(services, outcomes.problems, outcomes.others);
            }
        }
    }

    /** Begins the rollouts. What goes wrong is told by {@link UnderWay#follow}, since others may have begun. */
    public UnderWay begin(List<RolloutRequest> requests, Ends ends) {
        Outcomes outcomes = new Outcomes(ends);
        List<Follow> begun = begin(prepare(requests, outcomes), outcomes);
        return new UnderWay(requests.stream().map(RolloutRequest::service).toList(), begun, outcomes);
    }

    private Map<Order, Prepared> prepare(List<RolloutRequest> requests, Outcomes outcomes) {
        Map<Order, Prepared> prepared = new LinkedHashMap<>();
        for (RolloutRequest request : requests) {
            String name = request.service();
            Order order =
                    new Order(request, new RedeployService(apis, logs.apply(name), checks.apply(name), clock, sleeper));
            try {
                prepared.put(order, order.redeploy().prepare(request));
            } catch (Problem problem) {
                outcomes.problems.put(order.name(), problem);
            }
        }
        if (outcomes.problems.isEmpty()) {
            return prepared;
        }
        // One wrong name shall not leave half of the services changed.
        prepared.keySet().forEach(order -> outcomes.others.put(order.name(), SayEnd.unchanged(order.name())));
        return Map.of();
    }

    private static List<Follow> begin(Map<Order, Prepared> prepared, Outcomes outcomes) {
        List<Follow> begun = new ArrayList<>();
        prepared.forEach((order, one) -> {
            try {
                if (one instanceof Prepared.Ready ready) {
                    Begun rollout = ready.begin().get();
                    begun.add(() -> order.redeploy().follow(order.request(), rollout));
                    outcomes.begun(order.redeploy().started(order.request(), rollout));
                } else if (one instanceof Prepared.ToBeAsked asked) {
                    begun.add(() -> order.redeploy().ask(order.request(), asked.rollout()));
                } else {
                    outcomes.good(((Prepared.Settled) one).rollout());
                }
            } catch (Problem problem) {
                outcomes.problems.put(order.name(), problem);
            } catch (RuntimeException broken) {
                // Those that were begun before are watched all the same.
                outcomes.problems.put(order.name(), Unexpected.begin(order.request(), broken));
            }
        });
        return begun;
    }

    private static Result watch(Follow one) {
        try {
            return new Result.Good(one.run());
        } catch (RolloutFailed failed) {
            return new Result.Bad(failed);
        }
    }

    private static void tell(Result end, Outcomes outcomes) {
        if (end instanceof Result.Good good) {
            outcomes.good(good.rollout());
        } else {
            RolloutFailed failed = ((Result.Bad) end).failed();
            outcomes.bad(failed.rollout(), failed.problem());
        }
    }
}
