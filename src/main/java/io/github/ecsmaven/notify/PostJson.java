package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RetryAfter;
import io.github.ecsmaven.Sleeper;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Posts JSON to a webhook, and again when the service has not got it or says that it did not take it: what it does not answer may
 * have been told all the same, and is not told twice. The address is a secret: only its host is told.
 */
final class PostJson {
    /** Whoever waits for all channels gives up before, and says so. */
    private static final Duration TOO_LATE = Duration.ofSeconds(1);

    private static final int ATTEMPTS = 3;
    private static final int MOST_TOLD = 200;

    private final HttpClient http;
    private final Sleeper sleeper;
    private final String property;
    private final URI url;
    /** A service that doesn't know it may repeat it. */
    private final Secrets path;

    /** @param property that has the address, for the remedy */
    PostJson(HttpClient http, Sleeper sleeper, String property, URI url) {
        this.http = http;
        this.sleeper = sleeper;
        this.property = property;
        this.url = url;
        this.path = new Secrets(Stream.of(url.getRawPath(), url.getRawQuery())
                .filter(Objects::nonNull)
                .toList());
    }

    void run(String json, Deadline until) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(json, until);
            if (result.isDone()) {
                return;
            }
            Optional<Duration> wait = attempt == ATTEMPTS
                    ? Optional.empty()
                    : result.wait(attempt).filter(time -> time.compareTo(until.left()) < 0);
            if (wait.isEmpty()) {
                throw refused(result, attempt);
            }
            sleeper.sleep(wait.get());
        }
    }

    /**
     * How one attempt went.
     *
     * @param status of HTTP; 0 when there was no answer
     * @param sent whether the service may have got it
     * @param said the answer's first words, or what happened to the connection
     * @param retryAfter time that the service asked to wait; empty when it didn't
     */
    record Attempt(int status, boolean sent, String said, Optional<Duration> retryAfter) {
        boolean isDone() {
            return status >= 200 && status < 300;
        }

        /** How long to wait before another one; empty when that would not help. */
        Optional<Duration> wait(int attempt) {
            boolean passing = !sent || status == 408 || status == 429 || status >= 500;
            return passing
                    ? retryAfter.or(() -> Optional.of(Duration.ofMillis(500L << (attempt - 1))))
                    : Optional.empty();
        }
    }

    private Attempt attempt(String json, Deadline until) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(url)
                            .timeout(until.left().plus(TOO_LATE))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Attempt(
                    answer.statusCode(),
                    true,
                    CleanText.cut(path.hide(Notice.line(answer.body())), MOST_TOLD),
                    RetryAfter.of(answer.headers()));
        } catch (ConnectException | HttpConnectTimeoutException refused) {
            return new Attempt(0, false, "no connection", Optional.empty());
        } catch (IOException broken) {
            return new Attempt(
                    0,
                    true,
                    broken.getMessage() == null ? broken.getClass().getSimpleName() : broken.getMessage(),
                    Optional.empty());
        }
    }

    private RuntimeException refused(Attempt last, int attempts) {
        String tries = attempts == 1 ? "" : " after " + attempts + " attempts";
        String what = url.getHost()
                + (last.status() != 0
                        ? " answered " + last.status() + tries + "."
                        : (last.sent() ? " gave no answer: " : " could not be reached" + tries + ": ") + last.said()
                                + ".");
        List<String> evidence = last.status() == 0 || last.said().isBlank() ? List.of() : List.of(last.said());
        if (last.status() == 0 && last.sent()) {
            return new Unanswered(new Problem(
                    Problem.Blame.PROJECT,
                    what,
                    evidence,
                    "look whether the message has come; else see why the service ends the connection without an answer.",
                    null));
        }
        return new Problem(Problem.Blame.PROJECT, what, evidence, next(last.status()), null);
    }

    private String next(int status) {
        if (status == 0) {
            return "check the host in " + property + ", and that this machine may reach it (proxy: -Dhttps.proxyHost).";
        }
        if (status == 429 || status >= 500) {
            return "nothing, when it passes; else look at the service's status page.";
        }
        return status >= 300 && status < 400
                ? "write the address that it leads to into " + property + "; redirects are not followed."
                : "make a new webhook, or correct " + property
                        + "; the service does not take this one or what is sent to it.";
    }
}
