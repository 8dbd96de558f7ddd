package io.github.ecsmaven.goal;

import io.github.ecsmaven.ecs.Rollout;
import io.github.ecsmaven.ecs.RolloutLog;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.Log;

/**
 * Tells on Maven's log how a rollout goes: on a terminal in the table, else a line when the state changes, or every ten
 * seconds. While nobody waits for it only what is worth a line is told.
 */
final class ConsoleRolloutLog implements RolloutLog {
    /** What ECS says in every rollout that goes well; the state lines say it shorter. */
    private static final Pattern ROUTINE = Pattern.compile(
            "has started \\d+ tasks|has begun draining|has stopped \\d+ running tasks|registered \\d+ targets"
                    + "|deployment completed|has reached a steady state");

    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Log log;
    private final String service;
    private final RolloutTable table;
    private final LastLine lastLine;
    private String revision = "";
    private String last = "";
    private Duration lastAt = Duration.ZERO;

    /** @param service for lines that stand between those of other services */
    ConsoleRolloutLog(Log log, String service, RolloutTable table) {
        this.log = log;
        this.service = service;
        this.table = table;
        table.knows(service);
        // A terminal has shown ^C where the next line begins.
        Consumer<String> print = text -> System.out.println((table.isInPlace() ? "\r" : "") + "[WARNING] " + text);
        this.lastLine = new LastLine(LastLine.Hooks.ofJvm(), text -> table.above(() -> print.accept(text)));
    }

    @Override
    public void detail(String text) {
        log.debug(text);
    }

    @Override
    public void warning(String text) {
        table.above(() -> log.warn(text));
    }

    @Override
    public void planned(String text) {
        table.above(() -> log.info(text));
    }

    @Override
    public void watched(String revision) {
        this.revision = "-> " + revision;
    }

    @Override
    public void ifInterrupted(String line) {
        lastLine.set(line);
    }

    @Override
    public void state(Duration elapsed, String state) {
        if (table.isInPlace()) {
            table.show(this, new RolloutTable.Row(service, revision, elapsed, state));
        } else if (!table.isWaitedFor()) {
            log.debug(state);
        } else if (!isKnown(state) || elapsed.minus(lastAt).compareTo(QUIET) >= 0) {
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
        ended(
                Duration.ofMillis(Math.round(rollout.seconds() * 1000)),
                text + rollout.url().map(url -> "  " + url).orElse(""));
    }

    /** @param elapsed since it began */
    void ended(Duration elapsed, String text) {
        gone();
        line(elapsed, text);
    }

    /** It is not watched any more. */
    void gone() {
        lastLine.withdraw();
        table.remove(this);
    }

    private void line(Duration elapsed, String text) {
        String name = String.format(Locale.ROOT, "%-" + table.nameWidth() + "s", service);
        String line = String.format(Locale.ROOT, "  %s %4d s  %s", name, elapsed.toSeconds(), text);
        table.above(() -> log.info(line));
    }
}
