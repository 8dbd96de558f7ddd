package io.github.ecsmaven.report.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RetryAfter;
import io.github.ecsmaven.Sleeper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts a trace to the collector, twice at most. */
public final class SendTrace {
    /** Those after which OTLP lets a client try again. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final TraceSettings settings;
    private final Clock clock;
    private final Sleeper sleeper;

    public SendTrace(TraceSettings settings, Clock clock, Sleeper sleeper) {
        this.settings = settings;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** @throws Problem when the collector did not take it */
    public void run(ObjectNode trace) {
        Instant end = clock.instant().plus(settings.timeout());
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
        try {
            HttpResponse<String> answer = post(client, trace, settings.timeout());
            Duration pause = RetryAfter.of(answer.headers()).orElse(PAUSE);
            Duration left = Duration.between(clock.instant(), end).minus(pause);
            if (PASSING.contains(answer.statusCode()) && left.compareTo(Duration.ZERO) > 0) {
                sleeper.sleep(pause);
                answer = post(client, trace, left);
            }
            judge(answer);
        } catch (IOException unreachable) {
            throw Problem.ofProject(
                    "No trace was sent: " + settings.place() + " does not answer.",
                    List.of(
                            unreachable instanceof HttpTimeoutException
                                    ? "no answer within " + settings.timeout().toMillis() + " ms"
                                    : unreachable.toString()),
                    "check OTEL_EXPORTER_OTLP_ENDPOINT: OTLP over HTTP has mostly port 4318; 4317 is gRPC's.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> post(HttpClient client, ObjectNode trace, Duration patience)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(trace.toString()));
        settings.headers().forEach(request::setHeader);
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            // The client's own limit ends with the headers of the answer.
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer in time");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        }
    }

    private void judge(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status / 100 != 2) {
            throw Problem.ofProject(
                    "No trace was sent: " + settings.place() + " answered " + status + ".",
                    switch (status) {
                        case 401, 403 -> "check OTEL_EXPORTER_OTLP_HEADERS, which hold the collector's key.";
                        case 404, 405 ->
                            "check the address: OTEL_EXPORTER_OTLP_ENDPOINT gets /v1/traces at its end,"
                                    + " OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is used as it is.";
                        case 415 -> "name a collector that takes JSON (OTEL_EXPORTER_OTLP_TRACES_ENDPOINT).";
                        default -> "look into the collector's log; OTEL_TRACES_EXPORTER=none sends no trace.";
                    });
        }
        long rejected = rejected(answer.body());
        if (rejected > 0) {
            throw Problem.ofProject(
                    settings.place() + " took the trace without " + rejected + " of its spans.",
                    "look into the collector's log.");
        }
    }

    private static long rejected(String body) {
        try {
            JsonNode answer = new ObjectMapper().readTree(body);
            return answer == null
                    ? 0
                    : answer.at("/partialSuccess/rejectedSpans").asLong();
        } catch (IOException noJson) {
            // It took the trace; how it says so is its own affair.
            return 0;
        }
    }
}
