package io.github.ecsmaven.goal;

import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.image.WarmUp;
import io.github.ecsmaven.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Starts the child processes and loads classes before the goals that need them. What goes wrong here is told by that goal,
 * which tries it again.
 */
public final class EarlyStart {
    private static final String SANDBOX = "sandbox";

    private EarlyStart() {}

    /**
     * Forks the keeper, unless integration tests are skipped.
     *
     * @param ryuk the module's {@code ecs.test.ryuk}
     */
    public static void keeper(MavenSession session, MavenProject project, boolean ryuk) {
        boolean skipped = SkippedTests.by(
                        List.of(session.getUserProperties(), session.getSystemProperties(), project.getProperties()))
                .isPresent();
        if (skipped) {
            return;
        }
        try {
            new SessionKeeper(session, ryuk).get();
        } catch (RuntimeException toldByTheGoal) {
            // ecs:image forks it again.
        }
    }

    /** Loads in the background what building an image needs, once a session. */
    public static void image(MavenSession session) {
        if (new SessionBoard(session).first("image warm-up")) {
            String folder = session.getTopLevelProject().getBuild().getDirectory();
            inBackground("ecs-image-warm-up", () -> WarmUp.run(Path.of(folder, "ecs", "warm-up"), Clock.systemUTC()));
        }
    }

    /**
     * Starts the sandbox in the background, once a session, and loads what talking to it needs.
     *
     * @param home the module's {@code ecs.sandbox.home} as it is written, which may be no path at all
     * @param port the module's {@code ecs.sandbox.port} as it is written
     */
    public static void sandbox(MavenSession session, MavenProject project, Optional<String> home, String port) {
        sandbox(new SessionBoard(session), project.getBasedir(), home, port);
    }

    static void sandbox(SessionBoard board, File project, Optional<String> home, String port) {
        board.shared(SANDBOX, Future.class, () -> {
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            inBackground("ecs-sandbox-start", () -> ensure(project, home, port, started));
            return started;
        });
    }

    private static void ensure(File project, Optional<String> home, String port, CompletableFuture<Boolean> started) {
        try {
            Path folder = home.map(project.toPath()::resolve)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".ecs-sandbox"));
            Sandbox.Address address = ChildProcess.sandbox(folder.toFile(), Integer.parseInt(port))
                    .ensure();
            started.complete(address.started());
            askOnce(address);
        } finally {
            started.complete(false);
        }
    }

    /** A service's first call loads its classes, for which the push would wait a second. */
    private static void askOnce(Sandbox.Address address) {
        try (AwsClients clients = new AwsClients(AwsMojo.settings(address, address.endpoint()), System.getenv())) {
            clients.ecr().describeRepositories();
            clients.ecs().listClusters();
        }
    }

    private static void inBackground(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Exception | LinkageError toldByTheGoal) {
                        // Also when the build has ended meanwhile, and with it the plugin's class loader.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }

    /** Waits for the sandbox that was started early; true when there is one. */
    static boolean sandboxStarted(SessionBoard board) throws InterruptedException {
        try {
            return board.find(SANDBOX, Future.class).isPresent()
                    && Boolean.TRUE.equals(
                            board.find(SANDBOX, Future.class).get().get());
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
