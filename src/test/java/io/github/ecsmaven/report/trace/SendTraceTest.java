package io.github.ecsmaven.report.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.Builds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a collector over HTTP, which answers what a test tells it to. */
class SendTraceTest {
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private String body = "{}";
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", this::answer);
        collector.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        collector.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("Api-Key") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int status = answers.isEmpty() ? 200 : answers.pop();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Retry-After", "2");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String more) {
        send("http://127.0.0.1:" + collector.getAddress().getPort(), more);
    }

    private void send(String endpoint, String more) {
        TraceSettings settings = TraceSettingsTest.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT=" + endpoint + ";OTEL_EXPORTER_OTLP_HEADERS=api-key=s3cret" + more)
                .orElseThrow();
        BuildRecord call = Builds.sample();
        new SendTrace(settings, Clock.systemUTC(), pauses::add).run(new BuildTrace(settings).of(call.id(), call));
    }

    @Test
    void runPostsJsonWithTheHeaders() {
        send("");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /v1/traces application/json s3cret {\"resourceSpans\":[{");
    }

    @ParameterizedTest
    @CsvSource({"429", "502", "503", "504"})
    void runWhenTheTroubleMayPassTriesOnceMore(int status) {
        answers.add(status);
        send("");
        assertThat(requests).hasSize(2);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource({
        "503, 2, the collector's log",
        "401, 1, OTEL_EXPORTER_OTLP_HEADERS",
        "404, 1, /v1/traces",
        "415, 1, takes JSON",
        "500, 1, OTEL_TRACES_EXPORTER=none"
    })
    void runWhenItIsRefusedSaysWhatToDo(int status, int tries, String next) {
        answers.addAll(List.of(status, status));
        assertThatThrownBy(() -> send(""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("answered " + status)
                .hasMessageNotContaining("s3cret")
                .extracting("next")
                .asString()
                .contains(next);
        assertThat(requests).hasSize(tries);
    }

    @Test
    void runWhenSpansAreRejectedSaysHowMany() {
        body = "{\"partialSuccess\":{\"rejectedSpans\":\"3\"}}";
        assertThatThrownBy(() -> send("")).hasMessageContaining("without 3 of its spans");
    }

    @Test
    void runWhenTheAnswerIsNoJsonIsContent() {
        body = "OK";
        assertThatCode(() -> send("")).doesNotThrowAnyException();
    }

    @Test
    void runWhenTheAnswerNeverEndsGivesUp() {
        // Taken for a success until its body ought to come.
        collector.createContext("/hang/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().flush();
            hang();
        });
        assertThatThrownBy(() -> send(
                        "http://127.0.0.1:" + collector.getAddress().getPort() + "/hang",
                        ";OTEL_EXPORTER_OTLP_TIMEOUT=300"))
                .isInstanceOf(Problem.class)
                .extracting("evidence")
                .asString()
                .contains("no answer within 300 ms");
    }

    @Test
    void runWhenNobodyListensNamesTheVariable() throws IOException {
        try (RefusingPort port = new RefusingPort()) {
            assertThatThrownBy(() -> send("http://127.0.0.1:" + port.number(), ""))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("does not answer")
                    .extracting("next")
                    .asString()
                    .contains("OTEL_EXPORTER_OTLP_ENDPOINT");
        }
    }
}
