package io.github.ecsmaven.smoke;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Sleeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Asks each URL until it answers as it shall, or patience is at its end. */
public final class AskUrls {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Get get;
    private final Optional<Browser> browser;
    private final SmokeLog log;
    private final Clock clock;
    private final Sleeper sleeper;

    AskUrls(Get get, Optional<Browser> browser, SmokeLog log, Clock clock, Sleeper sleeper) {
        this.get = get;
        this.browser = browser;
        this.log = log;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * With this machine's browser, as far as one is wanted.
     *
     * @param environment of this process: a browser is looked for on its {@code PATH}
     * @throws Problem when one has to be there, and is not
     */
    public static AskUrls over(
            SmokeRequest request, Map<String, String> environment, SmokeLog log, Clock clock, Sleeper sleeper) {
        Optional<Path> program = requireBrowser(request, environment);
        if (request.browser() == SmokeRequest.BrowserUse.AUTO && program.isEmpty()) {
            log.notice(
                    "No Chromium or Chrome is on the PATH: the text is looked for in the plain answer (ecs.smoke.browser).");
        }
        boolean asRoot = "root".equals(System.getProperty("user.name"));
        return new AskUrls(
                new GetOverHttp(request.patience().request()),
                program.map(found -> new Chromium(found, asRoot)),
                log,
                clock,
                sleeper);
    }

    /** @throws Problem when one has to be there, and is not */
    public static Optional<Path> requireBrowser(SmokeRequest request, Map<String, String> environment) {
        if (request.browser() == SmokeRequest.BrowserUse.FALSE) {
            return Optional.empty();
        }
        Optional<Path> program = Chromium.find(environment.getOrDefault("PATH", ""));
        if (program.isEmpty() && request.browser() == SmokeRequest.BrowserUse.TRUE) {
            throw Problem.ofProject(
                    "A browser is to look at the page (ecs.smoke.browser=true), but no Chromium or Chrome is on the PATH.",
                    "install one, or set ecs.smoke.browser=auto to do without where there is none.");
        }
        return program;
    }

    /**
     * One after the other; the first that does not answer as it shall ends it.
     *
     * @param address of the service or the site, as far as it is known
     * @return empty when all is well
     */
    public Optional<Fault> run(SmokeRequest request, Optional<String> address) throws InterruptedException {
        for (String url : request.urls()) {
            Optional<URI> asked = SmokeUrl.resolve(url, address);
            Optional<Fault> fault = asked.isEmpty() ? Optional.of(unknown(url)) : ask(request, asked.get());
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Fault unknown(String url) {
        return new Fault(
                SmokeUrl.shown(url)
                        + " can't be asked: it is relative, and the address that it belongs to is not known.",
                List.of(),
                Optional.empty());
    }

    /** One look at it. */
    private record Seen(Optional<String> fault, List<String> evidence, Duration took, boolean inBrowser) {}

    private Optional<Fault> ask(SmokeRequest request, URI url) throws InterruptedException {
        SmokeRequest.Patience patience = request.patience();
        String shown = SmokeUrl.shown(url.toString());
        Instant begun = clock.instant();
        for (int times = 1; ; times++) {
            Seen seen = look(request, url, begun);
            if (seen.fault().isEmpty()) {
                log.answered(shown, request.status(), seen.inBrowser(), seen.took());
                return Optional.empty();
            }
            boolean late = Duration.between(begun, clock.instant()).plus(PAUSE).compareTo(patience.total()) >= 0;
            if (late || times > patience.retries()) {
                return Optional.of(fault(shown, seen, times, begun));
            }
            log.again(shown, seen.fault().get());
            sleeper.sleep(PAUSE);
        }
    }

    private Seen look(SmokeRequest request, URI url, Instant begun) throws InterruptedException {
        Instant at = clock.instant();
        Duration left = request.patience().total().minus(Duration.between(begun, at));
        Duration timeout = request.patience().request().compareTo(left) < 0
                ? request.patience().request()
                : left;
        boolean follows = request.status() / 100 != 3;
        Answer answer = get.run(url, request.headers(), follows, timeout);
        Optional<String> fault = EvaluateAnswer.fault(request, answer, browser.isPresent());
        Duration took = Duration.between(at, clock.instant());
        if (fault.isPresent() || browser.isEmpty()) {
            return new Seen(
                    fault, answer instanceof Answer.Answered got ? Excerpt.of(got.body()) : List.of(), took, false);
        }
        return look(request, url, browser.get(), left.minus(took));
    }

    private Seen look(SmokeRequest request, URI url, Browser with, Duration timeout) throws InterruptedException {
        Instant at = clock.instant();
        try {
            Browser.Page page = with.look(url, timeout);
            List<String> evidence = new ArrayList<>();
            page.complaints().forEach(line -> evidence.add("Console: " + line));
            evidence.addAll(Excerpt.ofPage(page.document()));
            Optional<String> missing = request.text()
                    .filter(text -> !page.document().contains(text))
                    .map(text -> "shows a browser no text '" + text + "'");
            return new Seen(missing, evidence, Duration.between(at, clock.instant()), true);
        } catch (IOException broken) {
            return new Seen(
                    Optional.of("could not be looked at in a browser (" + broken.getMessage() + ")"),
                    List.of(),
                    Duration.between(at, clock.instant()),
                    true);
        }
    }

    private Fault fault(String shown, Seen seen, int times, Instant begun) {
        Instant now = clock.instant();
        List<String> evidence = new ArrayList<>();
        evidence.add("Asked " + (times == 1 ? "once" : times + " times") + " within "
                + DurationText.show(Duration.between(begun, now)) + ", " + UTC.format(begun) + " to " + UTC.format(now)
                + " UTC; the last time it took " + DurationText.show(seen.took()) + ".");
        seen.evidence().forEach(line -> evidence.add("  " + line));
        return new Fault(
                shown + " " + seen.fault().orElseThrow() + ".",
                evidence,
                Optional.of(seen.evidence().isEmpty() ? "what is behind this address" : "the answer above"));
    }
}
