package io.github.ecsmaven.goal;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Starts the sandbox, and loads the SDK's classes, before the goals that need them. What goes wrong here is told by that
 * goal, which tries it again.
 */
public final class EarlySandbox {
    private static final String SANDBOX = "sandbox";

    private EarlySandbox() {}

    /**
     * Starts the sandbox in the background, once a session, and loads what talking to it needs.
     *
     * @param home the module's {@code ecs.sandbox.home} as it is written, which may be no path at all
     * @param port the module's {@code ecs.sandbox.port} as it is written
     */
    public static void begin(MavenSession session, MavenProject project, Optional<String> home, String port) {
        begin(new SessionBoard(session), project.getBasedir(), home, port);
    }

    static void begin(SessionBoard board, File project, Optional<String> home, String port) {
        board.shared(SANDBOX, Future.class, () -> {
            CompletableFuture<Sandbox.Start> started = new CompletableFuture<>();
            Background.run("ecs-sandbox-start", () -> ensure(project, home, port, started));
            return started;
        });
    }

    private static void ensure(
            File project, Optional<String> home, String port, CompletableFuture<Sandbox.Start> done) {
        try {
            Path folder = home.map(project.toPath()::resolve)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ecs-sandbox"));
            Sandbox.Address address = ChildProcess.sandbox(folder.toFile(), Integer.parseInt(port))
                    .ensure();
            done.complete(address.start());
            askOnce(address);
        } finally {
            done.complete(Sandbox.Start.NONE);
        }
    }

    /** A service's first call loads its classes, for which the push would wait a second. */
    private static void askOnce(Sandbox.Address address) {
        try (AwsClients clients = new AwsClients(AwsMojo.settings(address, address.endpoint()), System.getenv())) {
            clients.ecr().describeRepositories();
            clients.ecs().listClusters();
        }
    }

    /** Waits for the sandbox that is started early, and says how it was. */
    static Sandbox.Start started(SessionBoard board) throws InterruptedException {
        try {
            return board.find(SANDBOX, Future.class).isPresent()
                    ? (Sandbox.Start) board.find(SANDBOX, Future.class).get().get()
                    : Sandbox.Start.NONE;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
