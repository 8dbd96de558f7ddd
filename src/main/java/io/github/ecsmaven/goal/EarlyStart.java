package io.github.ecsmaven.goal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Starts the child processes before the goals that need them. What goes wrong here is told by that goal, which tries it
 * again.
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

    /** Starts the sandbox in the background, once a session. */
    public static void sandbox(MavenSession session, Path home, String port) {
        new SessionBoard(session).shared(SANDBOX, Future.class, () -> {
            CompletableFuture<Boolean> started = new CompletableFuture<>();
            Thread thread = new Thread(() -> ensure(home, port, started), "ecs-sandbox-start");
            thread.setDaemon(true);
            thread.start();
            return started;
        });
    }

    private static void ensure(Path home, String port, CompletableFuture<Boolean> started) {
        try {
            started.complete(ChildProcess.sandbox(home.toFile(), Integer.parseInt(port))
                    .ensure()
                    .started());
        } catch (RuntimeException | LinkageError toldByTheGoal) {
            // Also when the build has ended meanwhile, and with it the plugin's class loader.
            started.complete(false);
        }
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
