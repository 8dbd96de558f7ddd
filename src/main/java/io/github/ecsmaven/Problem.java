package io.github.ecsmaven;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the domain code throws when a goal can't do its work: what happened, the evidence, and what to do next. The goals
 * turn it into Maven's own exceptions in one place.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act, which decides between Maven's two exceptions. */
    public enum Blame {
        /** The user's project, tests, account or settings said no: a {@code MojoFailureException}. */
        PROJECT,
        /** The plugin or the machine broke: a {@code MojoExecutionException}. */
        MACHINE
    }

    private final Blame blame;
    private final String what;
    private final transient List<String> evidence;
    private final String next;

    /**
     * @param blame who has to act
     * @param what what happened, one sentence with the names of what failed
     * @param evidence lines that show why, as far as known; may be empty
     * @param next what to do next, one sentence that names the property, permission or command; never empty
     * @param cause the foreign exception behind it, shown with {@code -e} only; null when there is none
     */
    public Problem(Blame blame, String what, List<String> evidence, String next, @Nullable Throwable cause) {
        super(what, cause);
        if (what.isBlank() || next.isBlank()) {
            throw new IllegalArgumentException("A problem without a next step: '" + what + "'", cause);
        }
        this.blame = blame;
        this.what = what;
        this.evidence = List.copyOf(evidence);
        this.next = next;
    }

    /** A problem of the user's project, account or settings, without evidence lines. */
    public static Problem ofProject(String what, String next) {
        return new Problem(Blame.PROJECT, what, List.of(), next, null);
    }

    /** A problem of the user's project, account or settings. */
    public static Problem ofProject(String what, List<String> evidence, String next) {
        return new Problem(Blame.PROJECT, what, evidence, next, null);
    }

    /** A problem of the machine or of this plugin. */
    public static Problem ofMachine(String what, List<String> evidence, String next, @Nullable Throwable cause) {
        return new Problem(Blame.MACHINE, what, evidence, next, cause);
    }

    public Blame blame() {
        return blame;
    }

    public String what() {
        return what;
    }

    public List<String> evidence() {
        return evidence;
    }

    public String next() {
        return next;
    }

    /** The whole text as a user reads it: what, the evidence indented by two, and the line "Next: …". */
    public String text() {
        StringBuilder text = new StringBuilder(sentence(what));
        evidence.forEach(line -> text.append("\n  ").append(line));
        return text.append("\nNext: ").append(sentence(next)).toString();
    }

    /** Whoever wrote it, it reads as a sentence. */
    private static String sentence(String text) {
        return ".!?:…".indexOf(text.charAt(text.length() - 1)) < 0 ? text + "." : text;
    }
}
