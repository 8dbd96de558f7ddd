package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.Builds;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {
    private static final String SECRET = "T024/B0SECRET";

    private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            if ("no".equals(answers.peek())) {
                exchange.close();
                return;
            }
            String[] answer = (answers.isEmpty() ? "200" : answers.removeFirst()).split(" ");
            if (answer.length > 1) {
                exchange.getResponseHeaders().set("Retry-After", answer[1]);
            }
            byte[] said = ("no_service for " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void slackWhenABuildFailedShowsStagesErrorAndLinks() {
        assertThat(send(Webhook.slack(HttpClient.newHttpClient(), waits::add, "ecs.notify.slack.url", url())))
                .containsExactly("Slack");

        JsonNode message = bodies.get(0);
        assertThat(message.path("text").asText()).isEqualTo("[failed] Shop main #214: integration tests");
        assertThat(message.path("blocks").findValuesAsText("type")).contains("header", "section", "context");
        assertThat(message.toString())
                .contains(
                        ":x: *integration tests failed after 29 s*",
                        "`shop.web.CheckoutIT.totalIsShown` expected: \\\"12.50\\\"",
                        "<https://github.com/example/shop/actions/runs/7162554433|Build>");
    }

    @Test
    void teamsWhenABuildFailedIsAnAdaptiveCard() {
        send(Webhook.teams(HttpClient.newHttpClient(), waits::add, "ecs.notify.teams.url", url()));

        JsonNode attachment = bodies.get(0).path("attachments").path(0);
        assertThat(bodies.get(0).path("type").asText()).isEqualTo("message");
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("body").path(0).path("text").asText())
                .isEqualTo("\\[failed\\] Shop main #214: integration tests");
        assertThat(card.findValuesAsText("title"))
                .contains("✗ integration tests", "– push", "Build", "Service", "Console");
    }

    @ParameterizedTest
    @CsvSource({
        "500, PT0.5S",
        "502, PT0.5S",
        "429 2, PT2S",
        "503 1, PT1S",
    })
    void sendWhenItPassesTriesAgainAsTheServiceAsks(String answer, Duration wait) {
        answers.add(answer);

        assertThat(send(slack())).containsExactly("Slack");
        assertThat(waits).containsExactly(wait);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, 3, 'answered 500 after 3 attempts', status page",
        "429, 3, 'answered 429 after 3 attempts', status page",
        "429 900, 1, 'answered 429.', status page",
        "403, 1, 'answered 403.', ecs.notify.slack.url",
        "404, 1, 'answered 404.', ecs.notify.slack.url",
        "302, 1, 'answered 302.', redirects are not followed",
    })
    void sendWhenItDoesNotPassIsOneWarningWithoutTheAddress(String answer, int attempts, String what, String next) {
        answers.addAll(List.of(answer, answer, answer));

        assertThat(send(slack())).isEmpty();

        assertThat(bodies).hasSize(attempts);
        assertThat(warnings).singleElement().asString().startsWith("Nobody was told by Slack. 127.0.0.1 " + what);
        assertThat(warnings.get(0))
                .contains("no_service for ***", "\nNext: ", next)
                .doesNotContain(SECRET);
    }

    @Test
    void sendWhenNobodyListensSaysWhatToCheck() throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            URI url = URI.create("http://127.0.0.1:" + port.number() + "/" + SECRET);
            send(Webhook.slack(HttpClient.newHttpClient(), waits::add, "ecs.notify.slack.url", url));
        }

        assertThat(warnings)
                .containsExactly("Nobody was told by Slack. 127.0.0.1 could not be reached after 3 attempts: no"
                        + " connection.\nNext: check the host in ecs.notify.slack.url, and that this machine may reach it"
                        + " (proxy: -Dhttps.proxyHost).");
    }

    /** It may have been told: a second message would be one too many. */
    @Test
    void sendWhenTheServiceTakesItAndHangsUpIsNotSentAgain() {
        answers.add("no");

        assertThat(send(slack())).isEmpty();

        assertThat(bodies).hasSize(1);
        assertThat(waits).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("Perhaps nobody was told by ")
                .contains("127.0.0.1 gave no answer: ", "\nNext: look whether the message has come;")
                .doesNotContain("null");
    }

    @ParameterizedTest
    @CsvSource({
        "0, false, PT0.5S",
        "0, true,",
        "408, true, PT0.5S",
        "429, true, PT0.5S",
        "503, true, PT0.5S",
        "400, true,",
    })
    void sendAgainOnlyWhenNobodyGotItOrItIsAskedFor(int status, boolean sent, Duration wait) {
        assertThat(new PostJson.Attempt(status, sent, "", Optional.empty()).wait(1))
                .isEqualTo(Optional.ofNullable(wait));
    }

    @Test
    void runWhenOneChannelHangsTellsTheOthersAndGivesUp() {
        Channel hanging =
                new Channel("a pager", Set.of(Event.FAILURE), (notice, until) -> new CountDownLatch(1).await());
        Channel slack = new Channel("Slack", Set.of(Event.FAILURE), slack());
        Channel other = new Channel("Teams", Set.of(Event.DEPLOYMENT), (notice, until) -> {
            throw new AssertionError("not its event");
        });

        List<String> told = all(Duration.ofSeconds(2))
                .run(Builds.sample(), EnumSet.of(Event.FAILURE), List.of(slack, hanging, other));

        assertThat(told).containsExactly("Slack");
        assertThat(warnings)
                .containsExactly(
                        "Perhaps nobody was told by a pager. No answer within 2.0 s.\nNext: check that the service"
                                + " answers, and that no firewall swallows what this machine sends.");
    }

    @Test
    void noticeOfALongLogTellsItsEnd() {
        List<String> log =
                IntStream.rangeClosed(1, 52).mapToObj(line -> "line " + line).toList();
        StageError error = new StageError("The container ended.", log, Optional.empty());
        Stage stage = new Stage(
                "integration tests", Status.FAILED, Optional.empty(), 1, Optional.of(error), Optional.empty());
        BuildRecord build = Samples.with(
                Builds.sample(),
                Outcome.FAILED,
                List.of(new Module("orders", List.of(stage), Optional.empty(), List.of())));

        assertThat(DrawText.run(Notice.of(Event.FAILURE, build)))
                .contains("line 1\n", "line 3\n", "line 52")
                .doesNotContain("line 20\n");
    }

    private Webhook slack() {
        return Webhook.slack(HttpClient.newHttpClient(), waits::add, "ecs.notify.slack.url", url());
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET);
    }

    private List<String> send(Webhook webhook) {
        return all(Duration.ofMinutes(1))
                .run(
                        Builds.sample(),
                        EnumSet.of(Event.FAILURE),
                        List.of(new Channel("Slack", Set.of(Event.FAILURE), webhook)));
    }

    private SendAll all(Duration time) {
        return new SendAll(time, Clock.systemUTC(), warnings::add);
    }
}
