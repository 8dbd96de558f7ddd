package io.github.ecsmaven.report;

import java.util.ArrayList;
import java.util.List;

/** Which lines of an error's evidence are told where there is no room for all of them. */
public final class Excerpt {
    /** Stands in the place of what is left out. */
    public static final String GAP = "…";

    /** What is known of why, before the log that proves it. */
    private static final int HEAD = 3;

    private Excerpt() {}

    /**
     * A compiler's first errors bring about the others. Of anything else the end tells, as of a log with a stack trace; the
     * lines at its top say whose log it is.
     *
     * @param most lines of the result, with the one of the gap; 1 and up
     */
    public static List<String> of(List<String> lines, int most) {
        if (lines.size() <= most) {
            return List.copyOf(lines);
        }
        List<String> head = lines.subList(0, Math.min(HEAD, most));
        if (head.stream().anyMatch(line -> CompilerError.of(line).isPresent())) {
            return List.copyOf(lines.subList(0, most));
        }
        int end = most - HEAD - 1;
        if (end <= 0) {
            return List.copyOf(lines.subList(lines.size() - most, lines.size()));
        }
        List<String> told = new ArrayList<>(head);
        told.add(GAP);
        told.addAll(lines.subList(lines.size() - end, lines.size()));
        return List.copyOf(told);
    }
}
