package io.github.ecsmaven.goal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Failsafe reported in {@code failsafe-summary.xml}; a pattern is enough for its five flat elements. */
final class ReportedTests {
    private static final Pattern COUNT = Pattern.compile("<(errors|failures)>\\s*(\\d+)\\s*</");
    private static final Pattern BROKEN = Pattern.compile("<failureMessage>\\s*[^<\\s]|timeout=\"true\"");

    private ReportedTests() {}

    /** True when integration tests failed, broke or ran out of time; false also when there is no report. */
    static boolean failed(Path summary) {
        if (!Files.isRegularFile(summary)) {
            return false;
        }
        try {
            return failed(Files.readString(summary));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static boolean failed(String xml) {
        Matcher counts = COUNT.matcher(xml);
        while (counts.find()) {
            if (Long.parseLong(counts.group(2)) > 0) {
                return true;
            }
        }
        return BROKEN.matcher(xml).find();
    }
}
