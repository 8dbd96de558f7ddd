package io.github.ecsmaven.goal;

import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutLog;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log how a rollout goes: a line when the state changes, else one every ten seconds. */
final class ConsoleRolloutLog implements RolloutLog {
    /** What ECS says in every rollout that goes well; the state lines say it shorter. */
    private static final Pattern ROUTINE = Pattern.compile(
            "has started \\d+ tasks|has begun draining|has stopped \\d+ running tasks|registered \\d+ targets"
                    + "|deployment completed|has reached a steady state");

    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Log log;
    private final String service;
    private String last = "";
    private Duration lastAt = Duration.ZERO;

    /** @param service for lines that stand between those of other services */
    ConsoleRolloutLog(Log log, String service) {
        this.log = log;
        this.service = service;
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
        if (!isKnown(state) || elapsed.minus(lastAt).compareTo(QUIET) >= 0) {
            line(elapsed, state);
            last = state;
            lastAt = elapsed;
        }
    }

    /** The same, or the same counts without what was waited for: what follows tells that it is over. */
    private boolean isKnown(String state) {
        return state.equals(last) || last.startsWith(state + ", ");
    }

    @Override
    public void event(Duration elapsed, String message) {
        if (ROUTINE.matcher(message).find()) {
            log.debug(message);
        } else {
            line(elapsed, message);
        }
    }

    void ended(Rollout rollout) {
        String text =
                switch (rollout.outcome()) {
                    case COMPLETED -> "completed, running " + rollout.digest().shortText();
                    case TRAFFIC_SHIFTED ->
                        "all production traffic on " + rollout.digest().shortText();
                    case STARTED -> "started; nobody waits for its end (ecs.wait=false)";
                    case UNCHANGED -> "unchanged";
                    case PLANNED -> "nothing was changed (ecs.dryRun)";
                    case FAILED -> "failed";
                    case ROLLED_BACK -> "rolled back";
                };
        line(
                Duration.ofMillis(Math.round(rollout.seconds() * 1000)),
                text + rollout.url().map(url -> "  " + url).orElse(""));
    }

    private void line(Duration elapsed, String text) {
        log.info(String.format(Locale.ROOT, "  %s %4d s  %s", service, elapsed.toSeconds(), text));
    }
}
