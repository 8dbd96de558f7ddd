package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;

/** The background process: {@code SandboxMain <home> <port>}. It ends by request, by SIGTERM or SIGINT, or when idle. */
public final class SandboxMain {
    /** Exit status when the port is taken. */
    static final int PORT_TAKEN = 3;

    private SandboxMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[1]);
        SandboxServer server;
        try {
            server = SandboxServer.start(Path.of(arguments[0]), port, System.getenv(), Clock.systemUTC());
        } catch (Problem problem) {
            System.err.println(problem.text());
            System.exit(problem.getCause() instanceof BindException ? PORT_TAKEN : 1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, Admin.End.KEEP)));
        System.err.println("Sandbox ready at 127.0.0.1:" + server.state().port());
        end(server, server.await());
        System.exit(0);
    }

    private static void end(SandboxServer server, Admin.End how) {
        try {
            server.end(how);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
