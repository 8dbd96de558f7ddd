package io.github.ecsmaven.goal;

import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutLog;
import java.time.Duration;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log how a rollout goes: a line when the state changes, else one every ten seconds. */
final class ConsoleRolloutLog implements RolloutLog {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Log log;
    private String last = "";
    private Duration lastAt = Duration.ZERO;

    ConsoleRolloutLog(Log log) {
        this.log = log;
    }

    @Override
    public void detail(String text) {
        log.debug(text);
    }

    @Override
    public void warning(String text) {
        log.warn(text);
    }

    @Override
    public void planned(String text) {
        log.info(text);
    }

    @Override
    public void state(Duration elapsed, String state) {
        if (!state.equals(last) || elapsed.minus(lastAt).compareTo(QUIET) >= 0) {
            line(elapsed, state);
            last = state;
            lastAt = elapsed;
        }
    }

    @Override
    public void event(Duration elapsed, String message) {
        line(elapsed, message);
    }

    void ended(Rollout rollout) {
        String text =
                switch (rollout.outcome()) {
                    case COMPLETED -> "completed, running " + rollout.digest().shortText();
                    case STARTED -> "started; nobody waits for its end (ecs.wait=false)";
                    case UNCHANGED ->
                        "nothing to do, the service runs " + rollout.digest().shortText() + " already";
                    case PLANNED -> "nothing was changed (ecs.dryRun)";
                    case FAILED -> "failed";
                    case ROLLED_BACK -> "rolled back";
                };
        line(
                Duration.ofMillis(Math.round(rollout.seconds() * 1000)),
                text + rollout.url().map(url -> "  " + url).orElse(""));
    }

    private void line(Duration elapsed, String text) {
        log.info(String.format(Locale.ROOT, "  %4d s  %s", elapsed.toSeconds(), text));
    }
}
