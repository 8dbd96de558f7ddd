package io.github.ecsmaven.goal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.project.MavenProject;

/** How long the smoke tests of a goal took, and what failed: they are a part of the goal, and a stage of their own. */
public final class SmokePart {
    private static final String NANOS = "smoke nanos";
    private static final String FAILED = "smoke failed";
    private static final String ALSO = "more than smoke failed";

    private final SessionBoard board;
    private final MavenProject project;
    private final Set<String> failed = new HashSet<>();
    private long longest;

    SmokePart(SessionBoard board, MavenProject project) {
        this.board = board;
        this.project = project;
    }

    /** Those of several services run at the same time. */
    synchronized void asked(String of, Duration took, boolean well) {
        longest = Math.max(longest, took.toNanos());
        board.note(project, NANOS, String.valueOf(longest));
        if (!well) {
            failed.add(of);
            board.note(project, FAILED, "true");
        }
    }

    /** For this reason or for another. */
    synchronized void bad(String of) {
        if (!failed.contains(of)) {
            board.note(project, ALSO, "true");
        }
    }

    /**
     * What a goal has left of it.
     *
     * @param failed whether a smoke test did
     * @param alone whether nothing else of the goal did
     */
    public record Seen(Duration took, boolean failed, boolean alone) {}

    /** Given once; empty when nothing was asked. */
    public static Optional<Seen> take(SessionBoard board, MavenProject project) {
        Optional<String> nanos = board.take(project, NANOS);
        boolean failed = board.take(project, FAILED).isPresent();
        boolean also = board.take(project, ALSO).isPresent();
        return nanos.map(text -> new Seen(Duration.ofNanos(Long.parseLong(text)), failed, !also));
    }
}
