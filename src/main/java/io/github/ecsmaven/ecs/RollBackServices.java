package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Brings several services back, asked for by hand, all at the same time. A failure of one hides no other, and keeps none back. */
public final class RollBackServices {
    private final RolloutApis apis;
    private final Function<String, RolloutLog> logs;
    private final Clock clock;
    private final Sleeper sleeper;

    /** @param logs makes the log of a service */
    public RollBackServices(RolloutApis apis, Function<String, RolloutLog> logs, Clock clock, Sleeper sleeper) {
        this.apis = apis;
        this.logs = logs;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Hears of each rollback. */
    public interface Ends {
        /** What is to be recorded of it, also when it failed; called by any thread, once a service at most. */
        void record(Rollout rollout);

        /** @param line {@code Rolled back: revision 17 runs again, after 12 s.} */
        void good(String service, String line);

        void bad(String service, Problem problem);
    }

    private sealed interface Result {
        record Good(String service, String line) implements Result {}

        record Bad(String service, Problem problem) implements Result {}

        record Stopped() implements Result {}
    }

    /**
     * Whether there is such a service.
     *
     * @throws Problem when there is no such cluster
     */
    public boolean isThere(RollBackRequest request) {
        return new FindService(apis.ecs(), request.cluster(), request.service(), FindService.Absence.PASSED_OVER)
                .run()
                .isPresent();
    }

    /**
     * Runs them to their end.
     *
     * @throws Problem when one or more failed
     * @throws InterruptedException when it was interrupted, and none has failed
     */
    public void run(List<RollBackRequest> requests, Ends ends) throws InterruptedException {
        Map<String, Problem> problems = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        boolean[] stopped = {false};
        EachService.run(
                requests.stream()
                        .<Supplier<Result>>map(request -> () -> result(request, ends))
                        .toList(),
                end -> {
                    if (end instanceof Result.Good good) {
                        others.put(good.service(), good.service() + ": " + good.line());
                        ends.good(good.service(), good.line());
                    } else if (end instanceof Result.Bad bad) {
                        problems.put(bad.service(), bad.problem());
                        ends.bad(bad.service(), bad.problem());
                    } else {
                        stopped[0] = true;
                    }
                });
        if (!problems.isEmpty()) {
            throw ServicesFailed.told(
                    requests.stream().map(RollBackRequest::service).toList(), problems, others);
        }
        if (stopped[0]) {
            throw new InterruptedException();
        }
    }

    private Result result(RollBackRequest request, Ends ends) {
        String service = request.service();
        try {
            return new Result.Good(
                    service, new RollBackService(apis, logs.apply(service), clock, sleeper).run(request, ends::record));
        } catch (Problem problem) {
            return new Result.Bad(service, problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Result.Stopped();
        } catch (RuntimeException broken) {
            return new Result.Bad(service, Unexpected.rollBack(request, broken));
        }
    }
}
