package io.github.ecsmaven.goal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Failsafe reported in {@code failsafe-summary.xml}; a pattern is enough for its five flat elements. */
final class ReportedTests {
    /** What a report says. */
    enum Outcome {
        /** There is none, or no test has run. */
        NONE,
        PASSED,
        FAILED
    }

    private static final Pattern COUNT = Pattern.compile("<(completed|errors|failures|skipped)>\\s*(\\d+)\\s*</");
    private static final Pattern BROKEN = Pattern.compile("<failureMessage>\\s*[^<\\s]|timeout=\"true\"");

    private ReportedTests() {}

    /** True when integration tests failed, broke or ran out of time; false also when there is no report. */
    static boolean failed(Path summary) {
        return since(Instant.MIN, summary) == Outcome.FAILED;
    }

    /** A report from before that time says nothing, but a failure stays one until tests have passed. */
    static Outcome since(Instant begin, Path summary) {
        if (!Files.isRegularFile(summary)) {
            return Outcome.NONE;
        }
        try {
            Outcome outcome = of(Files.readString(summary));
            boolean old = Files.getLastModifiedTime(summary).toInstant().isBefore(begin);
            return old && outcome == Outcome.PASSED ? Outcome.NONE : outcome;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static Outcome of(String xml) {
        Map<String, Long> counts = new HashMap<>();
        Matcher count = COUNT.matcher(xml);
        while (count.find()) {
            counts.put(count.group(1), Long.valueOf(count.group(2)));
        }
        long bad = counts.getOrDefault("errors", 0L) + counts.getOrDefault("failures", 0L);
        if (bad > 0 || BROKEN.matcher(xml).find()) {
            return Outcome.FAILED;
        }
        // Failsafe counts a skipped test as completed.
        long ran = counts.getOrDefault("completed", 0L) - counts.getOrDefault("skipped", 0L);
        return ran > 0 ? Outcome.PASSED : Outcome.NONE;
    }
}
