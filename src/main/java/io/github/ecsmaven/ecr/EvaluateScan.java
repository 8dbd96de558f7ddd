package io.github.ecsmaven.ecr;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.ecr.ScanVerdict.Done;
import io.github.ecsmaven.ecr.ScanVerdict.Failed;
import io.github.ecsmaven.ecr.ScanVerdict.Start;
import io.github.ecsmaven.ecr.ScanVerdict.Unsupported;
import io.github.ecsmaven.ecr.ScanVerdict.Waiting;
import java.time.Duration;
import java.util.Set;

/** What an observed scan means; a pure decision. */
final class EvaluateScan {
    /** A scan on push begins within seconds. */
    static final Duration SCAN_ON_PUSH_BEGINS = Duration.ofSeconds(15);

    /** For some time ECR calls Inspector's scan done before it has any findings (aws/aws-sdk issue 289). */
    static final Duration FINDINGS_COME = Duration.ofMinutes(1);

    private static final Set<String> UNSUPPORTED = Set.of(
            "UNSUPPORTED_IMAGE",
            "SCAN_ELIGIBILITY_EXPIRED",
            "FINDINGS_UNAVAILABLE",
            "LIMIT_EXCEEDED",
            "IMAGE_ARCHIVED");

    /** The status of Inspector's scan is ACTIVE for as long as the image is watched. */
    private static final Set<String> DONE = Set.of("COMPLETE", "ACTIVE");

    private EvaluateScan() {}

    /**
     * @param waited since the first look
     * @param scanOnPush whether the repository scans what is pushed
     * @param started whether a scan was asked for here
     * @param timeout {@code ecs.scan.timeout}
     */
    static ScanVerdict evaluate(
            ScanObservation seen, Duration waited, boolean scanOnPush, boolean started, Duration timeout) {
        ScanVerdict verdict = seen.status().isEmpty()
                ? absent(waited, scanOnPush, started)
                : present(seen, seen.status().get(), waited, timeout);
        return verdict instanceof Waiting waiting && waited.compareTo(timeout) >= 0
                ? late(seen, waiting, timeout)
                : verdict;
    }

    private static ScanVerdict absent(Duration waited, boolean scanOnPush, boolean started) {
        if (started) {
            return new Waiting("the scan has not begun");
        }
        return scanOnPush && waited.compareTo(SCAN_ON_PUSH_BEGINS) < 0
                ? new Waiting("the scan on push has not begun")
                : new Start();
    }

    private static ScanVerdict present(ScanObservation seen, String status, Duration waited, Duration timeout) {
        if (DONE.contains(status)) {
            boolean certain = seen.ended() || !seen.findings().isEmpty();
            Duration settled = FINDINGS_COME.compareTo(timeout) < 0 ? FINDINGS_COME : timeout;
            return certain || waited.compareTo(settled) >= 0
                    ? new Done(seen.findings(), certain)
                    : new Waiting("the findings are not there yet");
        }
        if (UNSUPPORTED.contains(status)
                || status.equals("FAILED") && seen.description().contains("Unsupported")) {
            return new Unsupported(seen.words());
        }
        return status.equals("FAILED") ? new Failed("the scan failed: " + seen.words()) : new Waiting(seen.words());
    }

    /** A scan that never began never will: Inspector leaves repositories out that its filters don't name. */
    private static ScanVerdict late(ScanObservation seen, Waiting waiting, Duration timeout) {
        String after = " after " + DurationText.show(timeout) + " (ecs.scan.timeout)";
        return seen.status().isEmpty()
                ? new Unsupported("No scan has begun" + after)
                : new Failed("the scan did not end" + after + ": " + waiting.why());
    }
}
