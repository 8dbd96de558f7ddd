package io.github.ecsmaven.goal;

import java.io.Console;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/** Whether a person watches, so that a line may be written over. */
final class Terminal {
    private Terminal() {}

    /** False in a batch build, in a pipe, and with {@code -T}, where lines of several modules are mixed. */
    static boolean isWatched(MavenSession session) {
        return session.getRequest().isInteractiveMode() && !session.isParallel() && isTerminal(System.console());
    }

    /** A shell that exports it is rare; who is narrower than a terminal always was sees broken lines. */
    static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
    }

    /** From Java 22 on there is a console also in a pipe, and it has a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        try {
            return console != null
                    && Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
