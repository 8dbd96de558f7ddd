package io.github.ecsmaven.ecr;

import java.util.List;

/** What an observation of a scan means. */
sealed interface ScanVerdict {
    /**
     * The findings are there.
     *
     * @param certain false when ECR calls the scan done and tells neither findings nor when it ended
     */
    record Done(List<Finding> findings, boolean certain) implements ScanVerdict {
        public Done {
            findings = List.copyOf(findings);
        }
    }

    /** Nothing has begun a scan, and nothing will. */
    record Start() implements ScanVerdict {}

    /** Not yet. */
    record Waiting(String why) implements ScanVerdict {}

    /** ECR can't scan this image. */
    record Unsupported(String why) implements ScanVerdict {}

    /** The scan failed, or didn't end in time. */
    record Failed(String why) implements ScanVerdict {}
}
