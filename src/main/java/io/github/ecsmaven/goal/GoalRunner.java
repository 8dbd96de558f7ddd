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

    /** Runs the work and turns what goes wrong into Maven's two exceptions. */
    static void run(Work work) throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (Problem problem) {
            throw fail(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted.", interrupted);
        } catch (UncheckedIOException error) {
            throw fail(Problem.ofMachine(
                    "A file could not be read or written.",
                    List.of(String.valueOf(error.getCause())),
                    "check the disk and the permissions of the build folder, then run the build again.",
                    error));
        } catch (Exception error) {
            throw new MojoExecutionException("The plugin broke: " + error, error);
        }
    }

    private static MojoFailureException fail(Problem problem) throws MojoExecutionException {
        // Maven prints a failure's message and, without -e, no trace.
        if (problem.blame() == Problem.Blame.MACHINE) {
            throw new MojoExecutionException(problem.text(), problem);
        }
        return new MojoFailureException(problem.text(), problem);
    }
}
