package io.github.ecsmaven.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.VirtualClock;
import io.github.ecsmaven.smoke.SmokeRequest.BrowserUse;
import io.github.ecsmaven.smoke.SmokeRequest.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP, with a server whose answers are told to it. */
class AskUrlsTest {
    /** @param location of a redirect */
    private record Reply(int status, String body, Optional<String> location) {}

    private final LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final List<HttpExchange> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The last one is given again. */
    private void answer(HttpExchange call) throws IOException {
        try (call) {
            asked.add(call);
            Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.location().ifPresent(to -> call.getResponseHeaders().set("Location", to));
            call.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            call.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                call.getResponseBody().write(body);
            }
        }
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void runAsksAgainUntilItAnswersAsItShall() throws Exception {
        replies.add(new Reply(503, "starting", Optional.empty()));
        replies.add(new Reply(200, "{\"status\":\"DOWN\"}", Optional.empty()));
        replies.add(new Reply(200, "{\"status\":\"UP\"}", Optional.empty()));

        assertThat(ask(json("$.status=UP"))).isEmpty();

        assertThat(told)
                .containsExactly(
                        "again: " + address() + "/health answers with status 503 and not 200",
                        "again: " + address() + "/health has $.status=DOWN and not UP",
                        "answered: " + address() + "/health 200");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T10:00:02Z"));
    }

    @Test
    void runWhenPatienceIsAtItsEndTellsTheAnswerAndHowOftenItWasAsked() throws Exception {
        replies.add(new Reply(503, "<h1>No\tdatabase</h1>\n\n1\n2\n3\n4\n5\n6", Optional.empty()));

        assertThat(ask(status(200))).hasValueSatisfying(fault -> {
            assertThat(fault.what()).isEqualTo(address() + "/health answers with status 503 and not 200.");
            assertThat(fault.evidence())
                    .containsExactly(
                            "Asked 3 times within 2.0 s, 10:00:00 to 10:00:02 UTC; the last time it took 0.0 s.",
                            "  <h1>No database</h1>",
                            "  1",
                            "  2",
                            "  3",
                            "  4");
        });
        assertThat(asked).hasSize(3);
    }

    @Test
    void runStopsWhenTheTimeIsOver() throws Exception {
        replies.add(new Reply(503, "", Optional.empty()));

        Optional<Fault> fault = ask(new SmokeRequest(
                List.of("/health"),
                200,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Patience(100, Duration.ofSeconds(5), Duration.ofSeconds(4)),
                BrowserUse.FALSE));

        assertThat(fault).isPresent();
        assertThat(asked).hasSize(4);
    }

    @Test
    void runSendsHeadersAndALoginButShowsNeither() throws Exception {
        replies.add(new Reply(404, "", Optional.empty()));
        String url = address().replace("//", "//me:s3cret@") + "/x?token=s3cret";

        Optional<Fault> fault = ask(new SmokeRequest(
                List.of(url),
                200,
                Optional.empty(),
                Optional.empty(),
                Map.of("X-Key", "s3cret"),
                new Patience(1, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                BrowserUse.FALSE));

        assertThat(fault.orElseThrow().toString() + told)
                .doesNotContain("s3cret")
                .contains("/x?…");
        assertThat(asked.get(0).getRequestHeaders().getFirst("X-Key")).isEqualTo("s3cret");
        assertThat(asked.get(0).getRequestHeaders().getFirst("Authorization")).isEqualTo("Basic bWU6czNjcmV0");
        assertThat(asked.get(0).getRequestURI()).hasToString("/x?token=s3cret");
    }

    @Test
    void runFollowsRedirectsOnTheHostAndTellsOfThoseThatLeaveIt() throws Exception {
        replies.add(new Reply(302, "", Optional.of("/there")));
        replies.add(new Reply(200, "", Optional.empty()));
        assertThat(ask(status(200))).isEmpty();
        assertThat(asked.get(1).getRequestURI()).hasToString("/there");

        replies.clear();
        replies.add(new Reply(302, "", Optional.of("https://login.example.com/?back=s3cret")));
        assertThat(ask(status(200)).orElseThrow().what())
                .isEqualTo(
                        address()
                                + "/health leads to another host, https://login.example.com/?…, which is not followed (status 302).");
        assertThat(ask(status(302))).isEmpty();

        replies.clear();
        replies.add(new Reply(302, "", Optional.of("/health")));
        assertThat(ask(status(200)).orElseThrow().what()).contains("redirects in a circle");
    }

    @Test
    void runOfARelativeAddressWithoutABaseCantAsk() throws Exception {
        Fault fault = over(status(200)).run(status(200), Optional.empty()).orElseThrow();

        assertThat(fault.what())
                .isEqualTo("/health can't be asked: it is relative, and the address that it belongs to is not known.");
        assertThat(fault.next(" and at the logs of the new version"))
                .isEqualTo("write the whole address (ecs.smoke.url), then deploy again.");
    }

    @Test
    void runWhereNobodyListensTellsIt() throws Exception {
        server.stop(0);
        Fault fault = ask(status(200)).orElseThrow();
        assertThat(fault.what()).isEqualTo(address() + "/health takes no connection.");
        assertThat(fault.next(""))
                .isEqualTo("look at what is behind this address, or correct ecs.smoke.*, then deploy again.");
        assertThat(fault.next(" and at the logs of the new version"))
                .isEqualTo("look at what is behind this address and at the logs of the new version, or correct"
                        + " ecs.smoke.*, then deploy again.");
    }

    @Test
    void runWithABrowserLooksForTheTextInThePageAsItIsAfterItsScripts() throws Exception {
        replies.add(new Reply(
                200, "<p></p><script>document.querySelector('p').textContent='4' + '2 €'</script>", Optional.empty()));
        Optional<Path> chromium = Chromium.find(System.getenv("PATH"));
        assumeThat(chromium).as("a browser on the PATH").isPresent();

        assertThat(ask(text("42 €", BrowserUse.FALSE))).isPresent();
        assertThat(ask(text("42 €", BrowserUse.AUTO))).isEmpty();
        assertThat(told).contains("answered: " + address() + "/health 200 in a browser");
    }

    @Test
    void runWithABrowserTellsWhatThePageComplainsOf() throws Exception {
        replies.add(new Reply(
                200, "<h1>Shop</h1><script>document.querySelector('h2').textContent='x'</script>", Optional.empty()));
        assumeThat(Chromium.find(System.getenv("PATH")))
                .as("a browser on the PATH")
                .isPresent();

        Fault fault = ask(text("Offers", BrowserUse.TRUE)).orElseThrow();

        assertThat(fault.what()).isEqualTo(address() + "/health shows a browser no text 'Offers'.");
        assertThat(fault.evidence())
                .anySatisfy(line -> assertThat(line).contains("Console: Uncaught TypeError"))
                .last()
                .isEqualTo("  Shop");
    }

    private Optional<Fault> ask(SmokeRequest request) throws InterruptedException {
        return over(request).run(request, Optional.of(address()));
    }

    private AskUrls over(SmokeRequest request) {
        SmokeLog log = new SmokeLog() {
            @Override
            public void answered(String url, int status, boolean inBrowser, Duration took) {
                told.add("answered: " + url + " " + status + (inBrowser ? " in a browser" : ""));
            }

            @Override
            public void again(String url, String fault) {
                told.add("again: " + url + " " + fault);
            }

            @Override
            public void notice(String text) {
                told.add(text);
            }
        };
        boolean byVirtualTime = request.browser() == BrowserUse.FALSE;
        return AskUrls.over(
                request, System.getenv(), log, byVirtualTime ? clock : Clock.systemUTC(), pause -> clock.moveOn(pause));
    }

    private static SmokeRequest status(int status) {
        return request(status, Optional.empty(), Optional.empty(), BrowserUse.FALSE);
    }

    private static SmokeRequest json(String check) {
        return request(200, Optional.empty(), Optional.of(JsonCheck.of("ecs.smoke.jsonPath", check)), BrowserUse.FALSE);
    }

    private static SmokeRequest text(String text, BrowserUse browser) {
        return request(200, Optional.of(text), Optional.empty(), browser);
    }

    private static SmokeRequest request(
            int status, Optional<String> text, Optional<JsonCheck> json, BrowserUse browser) {
        return new SmokeRequest(
                List.of("/health"),
                status,
                text,
                json,
                Map.of(),
                new Patience(2, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                browser);
    }
}
