package io.github.ecsmaven.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;
import org.testcontainers.shaded.com.github.dockerjava.core.DefaultDockerClientConfig;
import org.testcontainers.shaded.com.github.dockerjava.core.DockerClientImpl;

/** Over the real client, an engine whose container dies at the third look, and a clock that only the pauses move. */
class ReadyWaitTest {
    private static final int LAST_LOOK = 3;

    @TempDir
    Path scratch;

    private final AtomicInteger looks = new AtomicInteger();
    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final List<Duration> pauses = new ArrayList<>();
    private HttpServer engine;
    private int published;

    @BeforeEach
    void open() throws IOException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", this::describe);
        engine.start();
    }

    @AfterEach
    void close() {
        engine.stop(0);
    }

    @Test
    void waitWhenTheContainerDiesIsOverAtTheNextLookATenthOfASecondLater() throws IOException {
        try (DockerClient client = client();
                ContainerLog log = ContainerLog.open(scratch.resolve("container.log"), Optional.empty())) {
            log.add("DB_URL is not set");
            log.accept(OutputFrame.END);
            Publishing publishing = new Publishing("127.0.0.1", List.of("127.0.0.1"));
            ReadyWait wait = new ReadyWait(client, wanted(), publishing, log, clock, this::pause);

            Problem problem =
                    catchThrowableOfType(Problem.class, () -> wait.waitUntilReady(new OneContainer("orders")));

            assertThat(problem.what()).endsWith("ended before it was ready, with exit code 3");
            assertThat(problem.text()).contains("DB_URL is not set");
        }
        assertThat(looks).hasValue(LAST_LOOK);
        assertThat(pauses).isEqualTo(Collections.nCopies(LAST_LOOK - 1, Duration.ofMillis(100)));
    }

    /** It takes the question and keeps silent; the asker's own limit of 5 s must not delay what the engine knows. */
    @Test
    void waitWhenTheContainerDiesBeforeItAnswersDoesNotAwaitTheAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DockerClient client = client();
                ContainerLog log = ContainerLog.open(scratch.resolve("container.log"), Optional.empty())) {
            published = silent.getLocalPort();
            log.accept(OutputFrame.END);
            Publishing publishing = new Publishing("127.0.0.1", List.of("127.0.0.1"));
            ReadyWait wait = new ReadyWait(client, wanted(), publishing, log, clock, this::pause);

            Problem problem =
                    catchThrowableOfType(Problem.class, () -> wait.waitUntilReady(new OneContainer("orders")));

            assertThat(problem.what()).endsWith("ended before it was ready, with exit code 3");
            // The first connection only looks whether the port can be reached.
            silent.accept().close();
            try (Socket asked = silent.accept()) {
                asked.setSoTimeout(1);
                assertThatThrownBy(() -> asked.getInputStream().readAllBytes())
                        .as("the asker has not given up")
                        .isInstanceOf(SocketTimeoutException.class);
            }
        }
        assertThat(looks).hasValue(LAST_LOOK);
    }

    private void pause(Duration time) {
        pauses.add(time);
        clock.moveOn(time);
    }

    private Wanted wanted() {
        ContainerRequest request = new ContainerRequest(
                "shop:orders",
                "build",
                "orders:1",
                8080,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new ContainerRequest.Readiness(Optional.of("/health"), List.of(200), Optional.empty()),
                Duration.ofDays(1),
                scratch.resolve("container.log"));
        return Wanted.application(request, Optional.empty(), Map.of());
    }

    private DockerClient client() {
        InetSocketAddress address = engine.getAddress();
        URI host = URI.create("tcp://127.0.0.1:" + address.getPort());
        return DockerClientImpl.getInstance(
                DefaultDockerClientConfig.createDefaultConfigBuilder()
                        .withDockerHost(host.toString())
                        .build(),
                new ZerodepDockerHttpClient.Builder().dockerHost(host).build());
    }

    private void describe(HttpExchange exchange) throws IOException {
        String state = looks.incrementAndGet() < LAST_LOOK
                ? "{\"Status\":\"running\",\"Running\":true}"
                : "{\"Status\":\"exited\",\"Running\":false,\"ExitCode\":3}";
        String ports = "{\"8080/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"" + published + "\"}]}";
        String network = published == 0 ? "" : ",\"NetworkSettings\":{\"Ports\":" + ports + "}";
        byte[] answer = ("{\"Id\":\"orders\",\"State\":" + state + network + "}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What Testcontainers hands to a wait. */
    private record OneContainer(String id) implements WaitStrategyTarget {
        @Override
        public String getContainerId() {
            return id;
        }

        @Override
        public InspectContainerResponse getContainerInfo() {
            throw new UnsupportedOperationException("the engine is asked itself");
        }

        @Override
        public List<Integer> getExposedPorts() {
            return List.of();
        }
    }
}
