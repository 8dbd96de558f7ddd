package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.ecs.RedeployServices;
import io.github.ecsmaven.ecs.Rollout;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.project.MavenProject;

/** Records a module's rollouts from their begin on, and tells how they ended. */
final class RolloutEnds implements RedeployServices.Ends {
    private final SessionBoard board;
    private final MavenProject project;
    private final Map<String, ConsoleRolloutLog> logs;
    private final SmokePart smoke;
    private final boolean dryRun;
    private final Map<String, Rollout> rollouts = new HashMap<>();
    private boolean behind;

    /** @param logs by service, in order */
    RolloutEnds(
            SessionBoard board,
            MavenProject project,
            Map<String, ConsoleRolloutLog> logs,
            SmokePart smoke,
            boolean dryRun) {
        this.board = board;
        this.project = project;
        this.logs = logs;
        this.smoke = smoke;
        this.dryRun = dryRun;
    }

    /** The names, in order. */
    String services() {
        return String.join(", ", logs.keySet());
    }

    /** From now on Maven builds on: a failure is told at once, and keeps other rollouts from being begun. */
    void goOnBehind() {
        behind = true;
    }

    /** At once: who ends Maven by force meanwhile leaves no time for it. */
    @Override
    public void begun(Rollout rollout) {
        record(rollout);
    }

    @Override
    public void good(Rollout rollout) {
        record(rollout);
        log(rollout).ended(rollout);
    }

    /** The error tells it all in the end; the others, or the build, may go on for long. */
    @Override
    public void bad(Rollout rollout, Problem problem) {
        record(rollout);
        smoke.bad(rollout.service());
        log(rollout).gone();
        if (behind) {
            board.failedBehind(problem.what());
        }
        if (behind || logs.size() > 1) {
            log(rollout).warning(problem.what());
        }
    }

    /** Nothing is watched any more. */
    void gone() {
        logs.values().forEach(ConsoleRolloutLog::gone);
    }

    private ConsoleRolloutLog log(Rollout rollout) {
        return Objects.requireNonNull(logs.get(rollout.service()));
    }

    /** Written after each service: the next one may fail for any reason. */
    private void record(Rollout ended) {
        rollouts.put(ended.service(), ended);
        if (dryRun) {
            return;
        }
        List<Rollout> inOrder = logs.keySet().stream()
                .filter(rollouts::containsKey)
                .map(rollouts::get)
                .toList();
        RecordFile.write(GoalFiles.of(project).redeploy(), new Rollout.Redeploy(inOrder));
        note("deployment", inOrder, rollout -> Optional.of(rollout.deploymentId()));
        note("url", inOrder, Rollout::url);
    }

    /** Of several services a line each, with their names. */
    private void note(String fact, List<Rollout> ended, Function<Rollout, Optional<String>> of) {
        int width = logs.keySet().stream().mapToInt(String::length).max().orElse(1);
        String format = logs.size() == 1 ? "%2$s" : "%1$-" + width + "s  %2$s";
        List<String> lines = ended.stream()
                .flatMap(rollout -> of.apply(rollout).stream()
                        .filter(text -> !text.isEmpty())
                        .map(text -> String.format(Locale.ROOT, format, rollout.service(), text)))
                .toList();
        if (!lines.isEmpty()) {
            board.note(project, fact, String.join("\n", lines));
        }
    }
}
