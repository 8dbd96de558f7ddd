package io.github.ecsmaven.sandbox;

import io.github.ecsmaven.EngineAddress;
import io.github.ecsmaven.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The sandbox's process: {@code SandboxMain <home> <port> [foreground]}. It ends by request, by SIGTERM or SIGINT; in
 * the background when idle; in the foreground at the end of its input, which is when the goal that started it is gone.
 */
public final class SandboxMain {
    /** Exit status when the port is taken. */
    static final int PORT_TAKEN = 3;
    /** Third argument of the process that {@code ecs:sandbox} starts. */
    static final String FOREGROUND = "foreground";

    private SandboxMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[1]);
        boolean foreground = arguments.length > 2 && arguments[2].equals(FOREGROUND);
        SandboxServer server;
        try {
            server = SandboxServer.start(
                    new SandboxServer.Launch(Path.of(arguments[0]), port, foreground),
                    new EngineAddress(System.getenv(), Path.of(System.getProperty("user.home"))),
                    Clock.systemUTC());
        } catch (Problem problem) {
            System.err.println(problem.text());
            System.exit(problem.getCause() instanceof BindException ? PORT_TAKEN : 1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, Admin.End.KEEP)));
        System.err.println("Sandbox ready at 127.0.0.1:" + server.state().port());
        if (foreground) {
            Thread input = new Thread(SandboxMain::exitAtEndOfInput, "input");
            input.setDaemon(true);
            input.start();
        }
        end(server, server.await());
        System.exit(0);
    }

    private static void exitAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException brokenPipe) {
            System.err.println("The input has ended: " + brokenPipe);
        }
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
