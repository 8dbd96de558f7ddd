package io.github.ecsmaven.goal;

import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutLog;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** What the goals print, line by line, without colours. */
public final class ConsoleLines extends SystemStreamLog {
    private final List<String> lines;

    /** @param lines gets them */
    public ConsoleLines(List<String> lines) {
        this.lines = lines;
    }

    /** The log that {@code ecs:redeploy} uses. */
    public RolloutLog rollout(String service) {
        RolloutTable none = RolloutTable.inLog();
        none.attend();
        return new ConsoleRolloutLog(this, service, none);
    }

    /** What it says at the end of a rollout that went well. */
    public void ended(RolloutLog log, Rollout rollout) {
        ((ConsoleRolloutLog) log).ended(rollout);
    }

    @Override
    public void debug(CharSequence content) {
        // not shown
    }

    @Override
    public void info(CharSequence content) {
        lines.add(content.toString());
    }

    @Override
    public void warn(CharSequence content) {
        lines.add("WARNING " + content);
    }
}
