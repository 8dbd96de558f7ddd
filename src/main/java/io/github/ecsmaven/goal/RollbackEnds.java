package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.ecs.RollBackServices;
import io.github.ecsmaven.ecs.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.plugin.logging.Log;

/** Records how a module's rollbacks ended, and tells it. */
final class RollbackEnds implements RollBackServices.Ends {
    private final GoalFiles files;
    private final Log log;
    private final boolean amongOthers;
    private final Map<String, ConsoleRolloutLog> logs = new LinkedHashMap<>();
    private final List<Rollout> rollouts = new ArrayList<>();
    private final long begun = System.nanoTime();

    /**
     * @param services names
     * @param amongOthers whether other modules' services are rolled back at the same time
     */
    RollbackEnds(GoalFiles files, Log log, List<String> services, boolean amongOthers, RolloutTable table) {
        this.files = files;
        this.log = log;
        this.amongOthers = amongOthers || services.size() > 1;
        services.forEach(service -> logs.put(service, new ConsoleRolloutLog(log, service, table)));
    }

    ConsoleRolloutLog log(String service) {
        return Objects.requireNonNull(logs.get(service));
    }

    /** Written after each service: the next one may fail for any reason. */
    @Override
    public synchronized void record(Rollout rollout) {
        rollouts.add(rollout);
        RecordFile.write(files.redeploy(), new Rollout.Redeploy(rollouts));
    }

    @Override
    public void good(String service, String line) {
        if (amongOthers) {
            log(service).ended(Duration.ofNanos(System.nanoTime() - begun), line);
        } else {
            log(service).gone();
            log.info(line);
        }
    }

    /** The error tells it all in the end; the others may go on for long. */
    @Override
    public void bad(String service, Problem problem) {
        log(service).gone();
        if (amongOthers) {
            log(service).warning(problem.what());
        }
    }

    /** Nothing is watched any more. */
    void gone() {
        logs.values().forEach(ConsoleRolloutLog::gone);
    }
}
