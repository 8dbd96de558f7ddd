package io.github.ecsmaven.sandbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class DockerEngineTest {
    private static final String AWAY = "WARNING: The Docker engine does not answer (";
    private static final String BACK = "INFO: The Docker engine answers again.";

    /** A socket's path may not be long. */
    @TempDir
    Path folder;

    private final ThisThreadsLog log = new ThisThreadsLog();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void endListening() {
        Logger.getLogger("").removeHandler(log);
    }

    @Test
    void answersWhenTheEngineIsAwayForLongIsLoggedOnceAndSoIsItsReturn() throws IOException {
        Path socket = folder.resolve("d.sock");
        try (DockerEngine engine = new DockerEngine(URI.create("unix://" + socket))) {
            ask(engine, 5, false);
            try (ServerSocketChannel there = serve(socket)) {
                ask(engine, 3, true);
                assertThat(there.isOpen()).isTrue();
            }
            Files.delete(socket);
            ask(engine, 5, false);
        }

        assertThat(log.lines).hasSize(3);
        assertThat(log.lines.get(0)).startsWith(AWAY);
        assertThat(log.lines.get(1)).isEqualTo(BACK);
        assertThat(log.lines.get(2)).startsWith(AWAY);
    }

    private static void ask(DockerEngine engine, int times, boolean expected) {
        for (int time = 0; time < times; time++) {
            assertThat(engine.answers()).isEqualTo(expected);
        }
    }

    /** An engine that says yes to everything, until it is closed. */
    private static ServerSocketChannel serve(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(() -> answerAll(server), "engine");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void answerAll(ServerSocketChannel server) {
        byte[] yes =
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        while (true) {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(8192));
                client.write(ByteBuffer.wrap(yes));
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException clientIsGone) {
                // The next one.
            }
        }
    }

    /** What this thread has told at the levels that a log shows by default. */
    private static final class ThisThreadsLog extends Handler {
        private final long thread = Thread.currentThread().getId();
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord told) {
            if (told.getLongThreadID() == thread && told.getLevel().intValue() >= Level.INFO.intValue()) {
                lines.add(told.getLevel() + ": " + told.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
