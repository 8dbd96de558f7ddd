package io.github.ecsmaven.goal;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The watch of a goal's rollouts that goes on while Maven builds the next modules. The end of the session calls for its
 * outcome, and gets the failure as if the goal had failed.
 */
final class BehindGoal implements Callable<Exception> {
    /**
     * A goal as Maven names it in an error.
     *
     * @param hide takes secrets out of the error
     */
    record Goal(MavenProject project, MojoExecution execution, boolean showErrors, UnaryOperator<String> hide) {}

    private final RolloutTable table;
    private final FutureTask<Optional<Exception>> outcome;
    private final Thread thread;

    private BehindGoal(Goal goal, RolloutTable table, GoalRunner.Work work) {
        this.table = table;
        this.outcome = new FutureTask<>(() -> run(goal, work));
        this.thread = new Thread(outcome, "ecs-rollout-" + goal.project().getArtifactId());
        thread.setDaemon(true);
    }

    /** Work of a goal that is put off; its failure comes as if the goal had failed. */
    static Callable<Exception> later(Goal goal, GoalRunner.Work work) {
        return () -> run(goal, work).orElse(null);
    }

    static BehindGoal begin(Goal goal, RolloutTable table, GoalRunner.Work work) {
        BehindGoal behind = new BehindGoal(goal, table, work);
        behind.thread.start();
        return behind;
    }

    private static Optional<Exception> run(Goal goal, GoalRunner.Work work) {
        try {
            GoalRunner.run(work, goal.showErrors(), goal.hide());
            return Optional.empty();
        } catch (MojoExecutionException | MojoFailureException failed) {
            return Optional.of(new LifecycleExecutionException(goal.execution(), goal.project(), failed));
        }
    }

    /** Who is interrupted while it waits ends the watch, which then says where its rollout stands. */
    @Override
    public @Nullable Exception call() throws ExecutionException {
        boolean interrupted = false;
        table.attend();
        try {
            while (true) {
                try {
                    return outcome.get().orElse(null);
                } catch (InterruptedException stopped) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } finally {
            table.leave();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
