package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.ecs.RedeployService.Prepared;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Brings several services onto an image. All are looked at before one is changed; then each gets its one update, in order; then all
 * are watched at the same time. A failure of one hides no other.
 */
public final class RedeployServices {
    private final RolloutApis apis;
    private final Function<String, RolloutLog> logs;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param logs makes the log of a service */
    public RedeployServices(RolloutApis apis, Function<String, RolloutLog> logs, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.logs = logs;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    private record Order(RolloutRequest request, RedeployService redeploy) {
        String name() {
            return request.service();
        }
    }

    private record Followed(Order order, Begun begun) {}

    private record Ended(String service, Result result) {}

    private sealed interface Result {
        record Good(Rollout rollout) implements Result {}

        record Bad(RolloutFailed failed) implements Result {}

        record Lost(Problem problem) implements Result {}
    }

    /** Hears of each rollout when it ends; called by the thread that began them. */
    public interface Ends {
        void good(Rollout rollout);

        void bad(Rollout rollout, Problem problem);
    }

    /** Rollouts that were begun, and what went wrong until then. */
    public static final class UnderWay {
        private final int services;
        private final List<Followed> begun;
        private final Map<String, Problem> problems;

        private UnderWay(int services, List<Followed> begun, Map<String, Problem> problems) {
            this.services = services;
            this.begun = begun;
            this.problems = problems;
        }

        /** Something was begun, and nothing has gone wrong so far: there is nothing to tell before the end. */
        public boolean isWell() {
            return !begun.isEmpty() && problems.isEmpty();
        }

        /**
         * Watches them to their end.
         *
         * @throws Problem when one or more failed, or could not be begun
         */
        public void follow(Ends ends) {
            RedeployServices.follow(begun, ends, problems);
            if (!problems.isEmpty()) {
                throw ServicesFailed.told(problems, services);
            }
        }
    }

    /** Begins the rollouts. What goes wrong is told by {@link UnderWay#follow}, since others may have begun. */
    public UnderWay begin(List<RolloutRequest> requests, Ends ends) {
        Map<String, Problem> problems = new LinkedHashMap<>();
        List<Followed> begun = begin(prepare(requests, problems), ends, problems);
        return new UnderWay(requests.size(), begun, problems);
    }

    private Map<Order, Prepared> prepare(List<RolloutRequest> requests, Map<String, Problem> problems) {
        Map<Order, Prepared> prepared = new LinkedHashMap<>();
        for (RolloutRequest request : requests) {
            Order order = new Order(request, new RedeployService(apis, logs.apply(request.service()), clock, sleeper));
            try {
                prepared.put(order, order.redeploy().prepare(request));
            } catch (Problem problem) {
                problems.put(order.name(), problem);
            }
        }
        // One wrong name shall not leave half of the services changed.
        return problems.isEmpty() ? prepared : Map.of();
    }

    private static List<Followed> begin(Map<Order, Prepared> prepared, Ends ends, Map<String, Problem> problems) {
        List<Followed> begun = new ArrayList<>();
        prepared.forEach((order, one) -> {
            try {
                if (one instanceof Prepared.Ready ready) {
                    begun.add(new Followed(order, ready.begin().get()));
                } else {
                    ends.good(((Prepared.Settled) one).rollout());
                }
            } catch (Problem problem) {
                problems.put(order.name(), problem);
            }
        });
        return begun;
    }

    private static void follow(List<Followed> begun, Ends ends, Map<String, Problem> problems) {
        if (begun.size() == 1) {
            tell(watch(begun.get(0)), ends, problems);
        } else if (!begun.isEmpty()) {
            together(begun, ends, problems);
        }
    }

    private static void together(List<Followed> begun, Ends ends, Map<String, Problem> problems) {
        ExecutorService threads = Executors.newFixedThreadPool(begun.size());
        boolean interrupted = false;
        try {
            CompletionService<Ended> watches = new ExecutorCompletionService<>(threads);
            begun.forEach(one -> watches.submit(() -> watch(one)));
            int left = begun.size();
            while (left > 0) {
                try {
                    tell(watches.take().get(), ends, problems);
                    left--;
                } catch (InterruptedException stopped) {
                    // Each watch ends at once and says where its rollout stands.
                    interrupted = true;
                    threads.shutdownNow();
                }
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } finally {
            threads.shutdownNow();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Ended watch(Followed one) {
        return new Ended(one.order().name(), result(one));
    }

    private static Result result(Followed one) {
        try {
            return new Result.Good(one.order().redeploy().follow(one.order().request(), one.begun()));
        } catch (RolloutFailed failed) {
            return new Result.Bad(failed);
        } catch (Problem problem) {
            return new Result.Lost(problem);
        }
    }

    private static void tell(Ended one, Ends ends, Map<String, Problem> problems) {
        if (one.result() instanceof Result.Good good) {
            ends.good(good.rollout());
        } else if (one.result() instanceof Result.Bad bad) {
            ends.bad(bad.failed().rollout(), bad.failed().problem());
            problems.put(one.service(), bad.failed().problem());
        } else {
            problems.put(one.service(), ((Result.Lost) one.result()).problem());
        }
    }
}
