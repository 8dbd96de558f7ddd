package io.github.ecsmaven.report.summary;

import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.CompilerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a stage failed, in a few lines for the console: the tests that failed, the compiler's lines, or else the sentence of the error. The rest is
 * in the log above.
 */
public final class FailureText {
    /** Of one stage. */
    private static final int MOST = 10;

    private static final int MOST_SIGNS = 200;

    /** Of a whole build: a reactor that goes on after failures may have many. */
    private int room = 3 * MOST;

    /**
     * Empty for a stage that did not break.
     *
     * @param reports where all of its tests are reported, as a person finds it from the top folder
     */
    public List<String> lines(Stage stage, Optional<String> reports) {
        Optional<Tests> failed = stage.tests().filter(tests -> !tests.failures().isEmpty());
        if (stage.error().isEmpty()) {
            return List.of();
        }
        if (failed.isPresent()) {
            return tests(failed.get(), reports);
        }
        List<CompilerError> errors = CompilerError.in(stage.error().get());
        return errors.isEmpty() ? List.of(cut(stage.error().get().what())) : compiler(errors);
    }

    private List<String> tests(Tests tests, Optional<String> reports) {
        List<String> lines = new ArrayList<>();
        List<Failure> shown = first(tests.failures());
        for (Failure failure : shown) {
            lines.add(cut(failure.test() + "  " + failure.message()));
            failure.place().ifPresent(place -> lines.add("  " + place));
        }
        int more = tests.failed() + tests.errors() - shown.size();
        if (more > 0) {
            lines.add("and " + more + " more"
                    + reports.map(folder -> ", see " + folder).orElse(""));
        }
        return lines;
    }

    private List<String> compiler(List<CompilerError> errors) {
        List<CompilerError> shown = first(errors);
        List<String> lines = new ArrayList<>(shown.stream()
                .map(at -> cut(at.file() + ":" + at.line() + ": " + at.message()))
                .toList());
        int more = errors.size() - shown.size();
        if (more > 0) {
            lines.add("and " + more + " more, see the log above");
        }
        return lines;
    }

    /** One at least of each stage. */
    private <T> List<T> first(List<T> all) {
        int most = Math.max(1, Math.min(MOST, room));
        List<T> first = all.subList(0, Math.min(most, all.size()));
        room -= first.size();
        return first;
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SIGNS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SIGNS - 1)) + "…";
    }
}
