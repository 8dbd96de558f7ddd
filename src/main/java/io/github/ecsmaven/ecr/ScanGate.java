package io.github.ecsmaven.ecr;

import java.time.Duration;

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
        WARN
    }
}
