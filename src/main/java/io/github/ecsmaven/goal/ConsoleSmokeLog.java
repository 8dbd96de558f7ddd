package io.github.ecsmaven.goal;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.smoke.SmokeLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;

/** Tells on Maven's log what is asked of something that was deployed. */
final class ConsoleSmokeLog implements SmokeLog {
    /** The same is told again then: it goes on. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final String of;
    private final Consumer<String> info;
    private final Log log;
    private final Clock clock;
    private String last = "";
    private Instant quietUntil = Instant.MIN;

    /**
     * @param of name of the service, or of the site
     * @param info where a line is told, past what stands in place on a terminal
     */
    ConsoleSmokeLog(String of, Consumer<String> info, Log log, Clock clock) {
        this.of = of;
        this.info = info;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void answered(String url, int status, boolean inBrowser, Duration took) {
        info.accept("Smoke test of " + of + ": " + url + " answers " + status
                + (inBrowser ? ", and a browser shows it" : "") + "  " + DurationText.show(took));
    }

    @Override
    public void again(String url, String fault) {
        String line = "Smoke test of " + of + ": " + url + " " + fault + "; asking again";
        Instant now = clock.instant();
        if (line.equals(last) && now.isBefore(quietUntil)) {
            log.debug(line);
            return;
        }
        last = line;
        quietUntil = now.plus(QUIET);
        info.accept(line);
    }

    @Override
    public void notice(String text) {
        info.accept(text);
    }
}
