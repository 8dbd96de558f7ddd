package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.report.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

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
        run(work, showErrors, new Secrets(Secrets.of(System.getenv()))::hide);
    }

    /**
     * The same, where more than the environment's secrets is known.
     *
     * @param hide takes secrets out of what is told: an application may have printed them
     */
    static void run(Work work, boolean showErrors, UnaryOperator<String> hide)
            throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (Problem problem) {
            throw fail(problem, showErrors, hide);
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
                    showErrors,
                    hide);
        } catch (Exception error) {
            throw new MojoExecutionException(
                    hide.apply("The plugin broke: " + error + "\nNext: run with -e for the stack trace."),
                    showErrors ? harmless(error, hide) : null);
        }
    }

    private static MojoFailureException fail(Problem problem, boolean showErrors, UnaryOperator<String> hide)
            throws MojoExecutionException {
        @Nullable Throwable cause = showErrors ? harmless(problem, hide) : null;
        String text = hide.apply(problem.text());
        if (problem.blame() == Problem.Blame.MACHINE) {
            throw new MojoExecutionException(text, cause);
        }
        return new MojoFailureException(text, cause);
    }

    /** Maven prints it with all its causes, whose words nobody can change. */
    private static Throwable harmless(Throwable cause, UnaryOperator<String> hide) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return hide.apply(trace.toString()).equals(trace.toString()) ? cause : masked(cause, hide);
    }

    /** The same traces with other words. */
    private static Throwable masked(Throwable cause, UnaryOperator<String> hide) {
        Throwable inner = cause.getCause();
        Exception masked = new Exception(hide.apply(cause.toString()), inner == null ? null : masked(inner, hide));
        masked.setStackTrace(cause.getStackTrace());
        return masked;
    }
}
