package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** The one error path of all goals. */
final class GoalRunner {
    /** The work of a goal. */
    interface Work {
        void run() throws Exception;
    }

    private GoalRunner() {}

    /**
     * Runs the work and turns what goes wrong into Maven's two exceptions.
     *
     * @param showErrors true with {@code -e}: only then a foreign cause is handed on, since Maven appends its message to ours
     */
    static void run(Work work, boolean showErrors) throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (Problem problem) {
            throw fail(problem, showErrors);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException(
                    "The build was interrupted.\nNext: run it again.", showErrors ? interrupted : null);
        } catch (UncheckedIOException error) {
            throw fail(
                    Problem.ofMachine(
                            "A file could not be read or written.",
                            List.of(String.valueOf(error.getCause())),
                            "check the disk and the permissions of the build folder, then run the build again.",
                            error),
                    showErrors);
        } catch (Exception error) {
            throw new MojoExecutionException(
                    "The plugin broke: " + error + "\nNext: run with -e for the stack trace.",
                    showErrors ? error : null);
        }
    }

    private static MojoFailureException fail(Problem problem, boolean showErrors) throws MojoExecutionException {
        Throwable cause = showErrors ? problem : null;
        if (problem.blame() == Problem.Blame.MACHINE) {
            throw new MojoExecutionException(problem.text(), cause);
        }
        return new MojoFailureException(problem.text(), cause);
    }
}
