package io.github.ecsmaven.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateScanTest {
    private static final Finding ONE =
            new Finding(Severity.LOW, "CVE-1", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The columns: status and description of ECR, whether it tells the end, findings, seconds since the first look. */
    @ParameterizedTest(name = "{0} {1} ended={2} findings={3} after {4} s, on push={5}, started={6}: {7}")
    @CsvSource(
            delimiter = '|',
            value = {
                "            |     | false | 0 |   0 | true  | false | Waiting     | the scan on push has not begun",
                "            |     | false | 0 |  14 | true  | false | Waiting     | the scan on push has not begun",
                "            |     | false | 0 |  15 | true  | false | Start       |",
                "            |     | false | 0 |   0 | false | false | Start       |",
                "            |     | false | 0 |  20 | false | true  | Waiting     | the scan has not begun",
                "            |     | false | 0 | 300 | false | true  | Unsupported | No scan has begun after 5 min",
                "IN_PROGRESS |     | false | 0 |  20 | true  | false | Waiting     | IN_PROGRESS",
                "PENDING     |     | false | 0 |  20 | true  | true  | Waiting     | PENDING",
                "IN_PROGRESS |     | false | 0 | 300 | true  | false | Failed      | did not end after 5 min",
                "PENDING     |     | false | 0 | 301 | true  | true  | Failed      | ecs.scan.timeout",
                "COMPLETE    | The scan was completed successfully. | true  | 0 |   0 | true  | false | Done |",
                "COMPLETE    | The scan was completed successfully. | true  | 1 |   0 | true  | false | Done |",
                "COMPLETE    | The scan was completed successfully. | false | 0 |   5 | true  | false | Waiting | the findings are not there yet",
                "ACTIVE      | Continuous scan is selected for image. | true  | 0 |   0 | true  | false | Done |",
                "ACTIVE      | Continuous scan is selected for image. | false | 1 |   0 | true  | false | Done |",
                "ACTIVE      | Continuous scan is selected for image. | false | 0 |  59 | true  | false | Waiting | the findings are not there yet",
                "ACTIVE      | Continuous scan is selected for image. | false | 0 |  60 | true  | false | Done | uncertain",
                "FAILED      | UnsupportedImageError: The operating system and/or package manager are not supported. | false | 0 | 0 | true | false | Unsupported | not supported",
                "FAILED      | Internal error | false | 0 | 0 | true | false | Failed | the scan failed: FAILED: Internal error",
                "FAILED      |     | false | 0 |   0 | true  | false | Failed      | the scan failed: FAILED",
                "UNSUPPORTED_IMAGE        | | false | 0 | 0 | true | false | Unsupported | UNSUPPORTED_IMAGE",
                "SCAN_ELIGIBILITY_EXPIRED | | false | 0 | 0 | true | false | Unsupported | SCAN_ELIGIBILITY_EXPIRED",
                "FINDINGS_UNAVAILABLE     | | false | 0 | 0 | true | false | Unsupported | FINDINGS_UNAVAILABLE",
                "LIMIT_EXCEEDED           | | false | 0 | 0 | true | false | Unsupported | LIMIT_EXCEEDED",
                "IMAGE_ARCHIVED           | | false | 0 | 0 | true | false | Unsupported | IMAGE_ARCHIVED",
                "SOMETHING_NEW            | | false | 0 | 0 | true | false | Waiting     | SOMETHING_NEW",
            })
    void evaluate(
            String status,
            String description,
            boolean ended,
            int findings,
            int seconds,
            boolean scanOnPush,
            boolean started,
            String verdict,
            String text) {
        ScanObservation seen = new ScanObservation(
                Optional.ofNullable(status),
                description == null ? "" : description,
                ended,
                findings == 0 ? List.of() : List.of(ONE));
        ScanVerdict judged =
                EvaluateScan.evaluate(seen, Duration.ofSeconds(seconds), scanOnPush, started, Duration.ofMinutes(5));
        assertThat(judged.getClass().getSimpleName()).isEqualTo(verdict);
        if (judged instanceof ScanVerdict.Done done) {
            assertThat(done.certain()).isEqualTo(!"uncertain".equals(text));
            assertThat(done.findings()).hasSize(findings);
        } else if (text != null) {
            assertThat(judged.toString()).contains(text);
        }
    }
}
