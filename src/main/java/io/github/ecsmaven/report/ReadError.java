package io.github.ecsmaven.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the text of an error apart: of this plugin's {@code Problem.text()}, and of any other plugin's. */
public final class ReadError {
    private static final int MOST_LINES = 60;

    private static final String NEXT = "Next: ";

    private ReadError() {}

    /**
     * @param text not blank
     * @param secrets are hidden
     */
    public static BuildRecord.StageError of(String text, Secrets secrets) {
        List<String> lines = secrets.hide(text)
                .lines()
                .map(line -> CleanText.line(line, secrets))
                .filter(line -> !line.isBlank())
                .toList();
        String what = lines.isEmpty()
                ? CleanText.line(text.strip(), secrets)
                : lines.get(0).strip();
        List<String> evidence = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (line.startsWith(NEXT)) {
                next = Optional.of(line.substring(NEXT.length()));
            } else {
                evidence.add(line.startsWith("  ") ? line.substring(2) : line);
            }
        }
        return new BuildRecord.StageError(what, Excerpt.of(evidence, MOST_LINES), next);
    }

    /**
     * Surefire's sentence for any failed test, which says nothing of them, with their number and the first of them; any other error
     * as it is. The texts are those of Surefire's SurefireHelper.
     *
     * @param tests what the error's stage has reported
     */
    public static BuildRecord.StageError withTests(BuildRecord.StageError error, BuildRecord.Tests tests) {
        if (!error.what().startsWith("There are test failures")
                || tests.failures().isEmpty()) {
            return error;
        }
        int bad = tests.failed() + tests.errors();
        String first = tests.failures().get(0).test();
        return new BuildRecord.StageError(
                bad + " of " + tests.run() + (tests.run() == 1 ? " test" : " tests") + " failed"
                        + (bad == 1 ? ": " : ", the first: ") + first + ".",
                error.evidence().stream()
                        .filter(line -> !line.startsWith("See dump files"))
                        .toList(),
                error.next());
    }
}
