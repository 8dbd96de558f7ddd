package io.github.ecsmaven.container;

import io.github.ecsmaven.Problem;
import java.util.Optional;

/** Looks behind wrapped exceptions: Testcontainers says "Container startup failed" and hides why. */
final class Causes {
    private Causes() {}

    static Optional<Problem> problem(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    static boolean isA(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    static String rootText(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage();
        return text == null ? root.getClass().getSimpleName() : text.strip();
    }
}
