package io.github.ecsmaven.ecr;

import java.util.List;
import java.util.Optional;

/**
 * What ECR says of an image's scan.
 *
 * @param status as in ECR's API; empty while there is no scan
 * @param description ECR's own words, may be empty
 * @param ended whether ECR tells when the scan ended
 * @param findings of all pages, the worst first
 */
record ScanObservation(Optional<String> status, String description, boolean ended, List<Finding> findings) {
    static final ScanObservation NONE = new ScanObservation(Optional.empty(), "", false, List.of());

    ScanObservation {
        findings = findings.stream().sorted(Finding.ORDER).toList();
    }

    /** The status with ECR's words for it. */
    String words() {
        return status.orElse("no scan") + (description.isBlank() ? "" : ": " + description.strip());
    }
}
