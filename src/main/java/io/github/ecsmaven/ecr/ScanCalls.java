package io.github.ecsmaven.ecr;

import io.github.ecsmaven.Digest;
import io.github.ecsmaven.aws.AwsProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.Attribute;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.PackageVulnerabilityDetails;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecr.model.UnsupportedImageTypeException;
import software.amazon.awssdk.services.ecr.model.VulnerablePackage;

/** ECR's calls about the scan of one image. */
final class ScanCalls {
    private final EcrClient ecr;
    private final String repository;
    private final Digest digest;
    private final ApiTries tries;

    ScanCalls(EcrClient ecr, String repository, Digest digest, ApiTries tries) {
        this.tries = tries;
        this.ecr = ecr;
        this.repository = repository;
        this.digest = digest;
    }

    /** All pages. */
    ScanObservation observe() {
        List<Finding> findings = new ArrayList<>();
        @Nullable String next = null;
        try {
            while (true) {
                String token = next;
                DescribeImageScanFindingsResponse page =
                        tries.call(() -> ecr.describeImageScanFindings(request -> request.repositoryName(repository)
                                .imageId(id -> id.imageDigest(digest.value()))
                                .maxResults(1000)
                                .nextToken(token)));
                findings.addAll(findings(page));
                next = page.nextToken();
                if (next == null) {
                    return observation(page, findings);
                }
            }
        } catch (ScanNotFoundException none) {
            return ScanObservation.NONE;
        } catch (SdkException error) {
            throw AwsProblems.translate("read the scan findings of the ECR repository '" + repository + "'", error);
        }
    }

    /**
     * Begins a basic scan.
     *
     * @return why ECR can't scan this kind of image; empty when the scan runs, has run today, or is Inspector's affair
     */
    Optional<String> start() {
        try {
            tries.call(() -> ecr.startImageScan(
                    request -> request.repositoryName(repository).imageId(id -> id.imageDigest(digest.value()))));
            return Optional.empty();
        } catch (LimitExceededException scannedToday) {
            return Optional.empty();
        } catch (UnsupportedImageTypeException unsupported) {
            return Optional.of(AwsProblems.answer(unsupported));
        } catch (SdkException error) {
            if (AwsProblems.message(error).contains("feature is disabled")) {
                return Optional.empty();
            }
            throw AwsProblems.translate("start a scan in the ECR repository '" + repository + "'", error);
        }
    }

    private static ScanObservation observation(DescribeImageScanFindingsResponse page, List<Finding> findings) {
        ImageScanFindings told = page.imageScanFindings();
        String description =
                page.imageScanStatus() == null ? null : page.imageScanStatus().description();
        return new ScanObservation(
                Optional.ofNullable(page.imageScanStatus()).map(status -> status.statusAsString()),
                description == null ? "" : description,
                told != null && told.imageScanCompletedAt() != null,
                findings);
    }

    private static List<Finding> findings(DescribeImageScanFindingsResponse page) {
        List<Finding> findings = new ArrayList<>();
        if (page.imageScanFindings() != null) {
            page.imageScanFindings().findings().forEach(basic -> findings.add(finding(basic)));
            page.imageScanFindings().enhancedFindings().stream()
                    .filter(enhanced -> !"CLOSED".equals(enhanced.status()) && !"SUPPRESSED".equals(enhanced.status()))
                    .forEach(enhanced -> findings.addAll(findings(enhanced)));
        }
        return findings;
    }

    private static Finding finding(ImageScanFinding basic) {
        return new Finding(
                Severity.seen(String.valueOf(basic.severityAsString())),
                String.valueOf(basic.name()),
                attribute(basic, "package_name"),
                attribute(basic, "package_version"),
                attribute(basic, "fixed_in_version").or(() -> attribute(basic, "fixed_version")),
                text(basic.uri()));
    }

    private static Optional<String> attribute(ImageScanFinding finding, String key) {
        return finding.attributes().stream()
                .filter(attribute -> key.equalsIgnoreCase(attribute.key()))
                .map(Attribute::value)
                .flatMap(value -> text(value).stream())
                .findFirst();
    }

    /** One for each package: a vulnerability of a source package is in several. */
    private static List<Finding> findings(EnhancedImageScanFinding enhanced) {
        PackageVulnerabilityDetails details = enhanced.packageVulnerabilityDetails();
        Severity severity = Severity.seen(String.valueOf(enhanced.severity()));
        if (details == null || details.vulnerablePackages().isEmpty()) {
            String name = details == null || details.vulnerabilityId() == null
                    ? String.valueOf(enhanced.title())
                    : details.vulnerabilityId();
            return List.of(new Finding(
                    severity,
                    name,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    details == null ? Optional.empty() : text(details.sourceUrl())));
        }
        return details.vulnerablePackages().stream()
                .map(one -> finding(severity, details, one))
                .toList();
    }

    private static Finding finding(
            Severity severity, PackageVulnerabilityDetails details, VulnerablePackage vulnerable) {
        return new Finding(
                severity,
                String.valueOf(details.vulnerabilityId()),
                text(vulnerable.name()),
                text(vulnerable.version()),
                text(vulnerable.fixedInVersion()).filter(fixed -> !fixed.equals("NotAvailable")),
                text(details.sourceUrl()));
    }

    private static Optional<String> text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
