package io.github.ecsmaven.sandbox.ecr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scans of a repository find. The sandbox knows no vulnerabilities; the repository's resource tag
 * {@value #LABEL} says what it shall find, in words with spaces between: {@code CRITICAL=2 HIGH=1}, {@code enhanced} (as Inspector
 * does it), {@code status=FAILED}, {@code seconds=3} (until it has ended).
 *
 * @param counts findings by severity
 * @param enhanced whether Inspector scans; it begins with each push
 * @param status in the place of COMPLETE or ACTIVE; empty: as it comes
 * @param seconds from the begin to the end
 */
record ScanScript(Map<String, Integer> counts, boolean enhanced, String status, int seconds) {
    static final String LABEL = "sandbox:scan";

    private static final Pattern COUNT =
            Pattern.compile("(CRITICAL|HIGH|MEDIUM|LOW|INFORMATIONAL|UNDEFINED|UNTRIAGED)=(\\d{1,4})");
    private static final Pattern SECONDS = Pattern.compile("seconds=(\\d{1,5})");
    private static final List<String> ORDER =
            List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED", "UNTRIAGED");
    private static final List<String> PACKAGES = List.of("openssl", "glibc", "zlib", "curl");

    ScanScript {
        counts = new TreeMap<>(counts);
    }

    static ScanScript of(Repository repository) {
        Map<String, Integer> counts = new TreeMap<>();
        boolean enhanced = false;
        String status = "";
        int seconds = 0;
        for (String word : repository.labels().getOrDefault(LABEL, "").split(" ")) {
            Matcher count = COUNT.matcher(word);
            Matcher time = SECONDS.matcher(word);
            if (count.matches()) {
                counts.put(count.group(1), Integer.parseInt(count.group(2)));
            } else if (time.matches()) {
                seconds = Integer.parseInt(time.group(1));
            } else if (word.equals("enhanced")) {
                enhanced = true;
            } else if (word.startsWith("status=")) {
                status = word.substring("status=".length());
            }
        }
        return new ScanScript(counts, enhanced, status, seconds);
    }

    /** {@code imageScanStatus} at a time. */
    ObjectNode scanStatus(long begun, long now) {
        if (isRunning(begun, now)) {
            return status(enhanced ? "PENDING" : "IN_PROGRESS", "");
        }
        return switch (status) {
            case "" ->
                enhanced
                        ? status("ACTIVE", "Continuous scan is selected for image.")
                        : status("COMPLETE", "The scan was completed successfully.");
            case "FAILED" ->
                status(
                        "FAILED",
                        "UnsupportedImageError: The operating system and/or package manager are not supported.");
            default -> status(status, "");
        };
    }

    boolean hasFindings(long begun, long now) {
        return status.isEmpty() && !isRunning(begun, now);
    }

    private boolean isRunning(long begun, long now) {
        return now < begun + seconds * 1000L;
    }

    private static ObjectNode status(String status, String description) {
        ObjectNode node = Json.object().put("status", status);
        return description.isEmpty() ? node : node.put("description", description);
    }

    void putCounts(ObjectNode into) {
        ObjectNode node = into.putObject("findingSeverityCounts");
        counts.forEach(node::put);
    }

    /** All findings in the form of the scan's kind, the worst first. */
    List<ObjectNode> findings() {
        List<ObjectNode> findings = new ArrayList<>();
        for (String severity : ORDER) {
            for (int at = 0; at < counts.getOrDefault(severity, 0); at++) {
                findings.add(enhanced ? enhanced(severity, findings.size()) : basic(severity, findings.size()));
            }
        }
        return findings;
    }

    private static ObjectNode basic(String severity, int number) {
        ObjectNode finding = Json.object()
                .put("name", name(number))
                .put("description", "Made up by the sandbox.")
                .put("uri", uri(number))
                .put("severity", severity);
        ArrayNode attributes = finding.putArray("attributes");
        attributes.addObject().put("key", "package_version").put("value", "1.2." + number);
        attributes.addObject().put("key", "package_name").put("value", packageName(number));
        return finding;
    }

    private static ObjectNode enhanced(String severity, int number) {
        ObjectNode finding = Json.object()
                .put("title", name(number) + " - " + packageName(number))
                .put("description", "Made up by the sandbox.")
                .put("severity", severity)
                .put("status", "ACTIVE")
                .put("type", "PACKAGE_VULNERABILITY")
                .put("fixAvailable", "YES")
                .put("score", 7.5);
        ObjectNode details = finding.putObject("packageVulnerabilityDetails")
                .put("vulnerabilityId", name(number))
                .put("source", "NVD")
                .put("sourceUrl", uri(number));
        details.putArray("vulnerablePackages")
                .addObject()
                .put("name", packageName(number))
                .put("version", "1.2." + number)
                .put("fixedInVersion", "1.3.0")
                .put("packageManager", "OS");
        return finding;
    }

    private static String name(int number) {
        return "CVE-2026-" + (1000 + number);
    }

    private static String uri(int number) {
        return "https://nvd.nist.gov/vuln/detail/" + name(number);
    }

    private static String packageName(int number) {
        return PACKAGES.get(number % PACKAGES.size());
    }
}
