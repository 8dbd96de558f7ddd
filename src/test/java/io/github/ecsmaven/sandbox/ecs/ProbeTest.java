package io.github.ecsmaven.sandbox.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.RefusingPort;
import io.github.ecsmaven.sandbox.balancer.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private final Probe probe = new Probe();

    @Test
    void findWhenTheContainersPortIsOpenTakesIt() throws IOException {
        try (ServerSocket app = listen()) {
            assertThat(probe.find("127.0.0.1", app.getLocalPort(), 1))
                    .hasValue(new Target("127.0.0.1", app.getLocalPort()));
        }
    }

    @Test
    void findWhenTheContainersPortIsClosedDoesNotAskThePublishedOne() throws IOException {
        try (ServerSocket app = listen();
                RefusingPort closed = new RefusingPort()) {
            assertThat(probe.find("127.0.0.1", closed.number(), app.getLocalPort()))
                    .isEmpty();
        }
    }

    @Test
    void findWhenThePublishedPortHangsUpIsEmpty() throws IOException {
        try (ServerSocket proxy = listen()) {
            Thread engine = new Thread(() -> hangUp(proxy));
            engine.start();
            assertThat(probe.find("", 8080, proxy.getLocalPort())).isEmpty();
        }
    }

    @Test
    void findWhenThePublishedPortIsSilentTakesIt() throws IOException {
        try (ServerSocket proxy = listen()) {
            assertThat(probe.find("", 8080, proxy.getLocalPort()))
                    .hasValue(new Target("127.0.0.1", proxy.getLocalPort()));
        }
    }

    @Test
    void findWhenNothingIsPublishedIsEmpty() {
        assertThat(probe.find("", 8080, 0)).isEmpty();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    private static void hangUp(ServerSocket proxy) {
        try {
            proxy.accept().close();
        } catch (IOException closed) {
            // the test is over
        }
    }
}
