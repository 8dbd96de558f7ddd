package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Problem;
import java.time.Duration;
import java.util.Locale;

/**
 * What a scan has to show before an image gets its tags.
 *
 * @param failOn findings of this severity and worse ones fail the push
 * @param timeout until the scan has ended
 * @param unsupported what becomes of an image that ECR can't scan
 */
public record ScanGate(Severity failOn, Duration timeout, Unsupported unsupported) {
    /** {@code ecs.scan.unsupported}. */
    public enum Unsupported {
        FAIL,
        WARN;

        /**
         * @param property for the error
         * @throws Problem when it is neither
         */
        public static Unsupported of(String property, String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "fail" -> FAIL;
                case "warn" -> WARN;
                default ->
                    throw Problem.ofProject(
                            "'" + text + "' is not known (" + property + ").", "write " + property + "=fail or warn.");
            };
        }
    }
}
