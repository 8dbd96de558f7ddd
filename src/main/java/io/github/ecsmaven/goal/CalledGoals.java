package io.github.ecsmaven.goal;

import java.util.List;
import org.apache.maven.execution.MavenSession;

/** What Maven was called to do. */
public final class CalledGoals {
    private CalledGoals() {}

    /**
     * Phases and goals of the command line; of a call without any those of the top project's {@code defaultGoal}, see
     * LifecycleTaskSegmentCalculator.
     */
    public static List<String> of(MavenSession session) {
        String byDefault = session.getTopLevelProject().getDefaultGoal();
        return session.getGoals().isEmpty() && byDefault != null
                ? List.of(byDefault.trim().split("\\s+"))
                : session.getGoals();
    }
}
