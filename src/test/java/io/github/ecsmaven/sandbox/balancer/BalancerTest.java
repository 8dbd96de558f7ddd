package io.github.ecsmaven.sandbox.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.LoopbackOnly;
import io.github.ecsmaven.RefusingPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerTest {
    private final List<HttpServer> backends = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private Balancer balancer;

    @BeforeEach
    void open() throws IOException {
        balancer = new Balancer(0, Duration.ofMillis(500));
    }

    @AfterEach
    void close() {
        balancer.close();
        backends.forEach(backend -> backend.stop(0));
        threads.shutdownNow();
    }

    @Test
    void listensOnLoopbackOnly() {
        LoopbackOnly.assertThatPort(balancer.port());
    }

    @Test
    void handleWhenBackendsAreSwitchedUnderLoadFailsNoRequest() throws Exception {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger answers = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        HttpServer current = answering("0");
        balancer.add("task0", target(current));
        List<Future<?>> load = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            load.add(threads.submit(() -> ask(ended, answers, failures)));
        }
        for (int round = 1; round <= 20; round++) {
            HttpServer next = answering(String.valueOf(round));
            int before = answers.get();
            balancer.add("task" + round, target(next));
            balancer.remove("task" + (round - 1));
            while (balancer.underWay("task" + (round - 1)) > 0 || answers.get() < before + 10) {
                Thread.onSpinWait();
            }
            current.stop(0);
            current = next;
        }
        ended.set(true);
        for (Future<?> one : load) {
            one.get();
        }
        assertThat(failures).isEmpty();
        assertThat(answers).hasValueGreaterThan(200);
    }

    private void ask(AtomicBoolean ended, AtomicInteger answers, Queue<String> failures) {
        while (!ended.get()) {
            try {
                int status = get("/").statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
            } catch (IOException error) {
                failures.add(error.toString());
            } catch (InterruptedException stopped) {
                return;
            }
            answers.incrementAndGet();
        }
    }

    @Test
    void handleWhenOneTaskCannotBeReachedTakesAnother() throws Exception {
        try (RefusingPort dead = new RefusingPort()) {
            balancer.add("dead", new Target("127.0.0.1", dead.number()));
            balancer.add("alive", target(answering("alive")));
            for (int i = 0; i < 6; i++) {
                assertThat(get("/").body()).isEqualTo("alive");
            }
        }
    }

    @ParameterizedTest(name = "{0} %")
    @CsvSource({"0, 0", "5, 2", "25, 10", "62.5, 25", "100, 40"})
    void handleWhenSplitDividesTheRequests(double percent, int requests) throws Exception {
        HttpServer blue = answering("blue");
        HttpServer green = answering("green");
        balancer.split(Optional.of(new Split(Set.of("green1", "green2"), percent)));
        for (String task : List.of("1", "2")) {
            balancer.add("blue" + task, target(blue));
            balancer.add("green" + task, target(green));
        }
        int counted = 0;
        for (int i = 0; i < 40; i++) {
            counted += get("/").body().equals("green") ? 1 : 0;
        }
        assertThat(counted).isEqualTo(requests);
    }

    @Test
    void handleWhenTheTasksOfAPartAreGoneTakesTheOthers() throws Exception {
        balancer.split(Optional.of(new Split(Set.of("green"), 50)));
        balancer.add("blue", target(answering("blue")));
        for (int i = 0; i < 4; i++) {
            assertThat(get("/").body()).isEqualTo("blue");
        }
    }

    @Test
    void handleWhenTheNewTasksShallGetNothingAnswers503WithoutOldOnes() throws Exception {
        balancer.split(Optional.of(new Split(Set.of("green"), 0)));
        balancer.add("green", target(answering("green")));
        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void handleWhenNoTaskServesAnswers503() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(503);
    }

    @Test
    void handleWhenTaskComesInTimeWaitsForIt() throws Exception {
        Future<Integer> answer = threads.submit(() -> get("/").statusCode());
        balancer.add("late", target(answering("late")));
        assertThat(answer.get()).isEqualTo(200);
    }

    @Test
    void handleWhenTaskBreaksOffAnswers502() throws Exception {
        try (ServerSocket broken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.submit(() -> {
                while (true) {
                    try (Socket socket = broken.accept()) {
                        socket.getInputStream().read();
                    }
                }
            });
            balancer.add("broken", new Target("127.0.0.1", broken.getLocalPort()));
            assertThat(get("/").statusCode()).isEqualTo(502);
            assertThat(post("/", "body").statusCode()).isEqualTo(502);
        }
    }

    @Test
    void handleWhenRequestHasBodyHandsItOnWithHeaders() throws Exception {
        HttpServer echo = backend(exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .set("X-Host", exchange.getRequestHeaders().getFirst("Host"));
            exchange.getResponseHeaders()
                    .set("X-For", exchange.getRequestHeaders().getFirst("X-Forwarded-For"));
            exchange.getResponseHeaders().set("X-Method", exchange.getRequestMethod() + exchange.getRequestURI());
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        balancer.add("echo", target(echo));
        String large = "0123456789".repeat(50_000);
        HttpResponse<String> answer = post("/a%20b?c=d", large);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(large);
        assertThat(answer.headers().firstValue("X-Host")).hasValue("127.0.0.1:" + balancer.port());
        assertThat(answer.headers().firstValue("X-For")).hasValue("127.0.0.1");
        assertThat(answer.headers().firstValue("X-Method")).hasValue("POST/a%20b?c=d");
    }

    @Test
    void handleWhenAnswerIsStreamedHandsOnEachPiece() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        HttpServer stream = backend(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(seen);
            exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        balancer.add("stream", target(stream));
        HttpRequest request = HttpRequest.newBuilder(balancer.url()).build();
        try (InputStream body =
                client.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(body.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
            seen.countDown();
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
        }
    }

    @Test
    void handleWhenHeadOrEmptyAnswerHasNoBody() throws Exception {
        balancer.add("one", target(answering("text")));
        HttpRequest head = HttpRequest.newBuilder(balancer.url())
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(client.send(head, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        balancer.remove("one");
        balancer.add("none", target(backend(exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        })));
        assertThat(get("/").statusCode()).isEqualTo(204);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpServer answering(String text) throws IOException {
        return backend(exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
    }

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer backend(Answering answering) throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.setExecutor(threads);
        backend.createContext("/", answering::to);
        backend.start();
        backends.add(backend);
        return backend;
    }

    private static Target target(HttpServer backend) {
        return new Target("127.0.0.1", backend.getAddress().getPort());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(balancer.url() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        URI uri = URI.create(balancer.url() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
        return client.send(request, BodyHandlers.ofString());
    }
}
