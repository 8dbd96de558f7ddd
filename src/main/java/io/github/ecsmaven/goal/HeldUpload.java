package io.github.ecsmaven.goal;

import org.apache.maven.project.MavenProject;

/** A front end that is held back since a back end failed: its goal fails, so that no module counts as deployed, but nothing of it broke. */
public final class HeldUpload {
    private static final String FACT = "upload held";

    private HeldUpload() {}

    static void note(SessionBoard board, MavenProject module) {
        board.note(module, FACT, "true");
    }

    /** Whether the module's front end is. */
    public static boolean is(SessionBoard board, MavenProject module) {
        return board.fact(module, FACT).isPresent();
    }
}
