package io.github.ecsmaven.smoke;

import java.util.List;

/** The first lines of an answer, as evidence. Pure. */
final class Excerpt {
    private static final int LINES = 5;
    private static final int SIGNS = 200;

    private Excerpt() {}

    static List<String> of(String text) {
        return text.lines()
                .map(Excerpt::line)
                .filter(line -> !line.isBlank())
                .limit(LINES)
                .toList();
    }

    static String line(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", " ").stripTrailing();
        return clean.length() <= SIGNS ? clean : clean.substring(0, SIGNS) + "…";
    }
}
