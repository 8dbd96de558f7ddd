package io.github.ecsmaven.ecr;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A vulnerability of an image, of ECR's basic scan or of Inspector.
 *
 * @param name as {@code CVE-2026-1234}
 * @param packageName empty when the scan tells none
 * @param version of the package that is in the image
 * @param fixedIn the version without it; empty: none is known
 * @param link where it is described
 */
public record Finding(
        Severity severity,
        String name,
        Optional<String> packageName,
        Optional<String> version,
        Optional<String> fixedIn,
        Optional<String> link) {
    /** The worst first, then by name. */
    static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::severity).thenComparing(Finding::name);

    /** One line. */
    public String text() {
        String where = Stream.of(packageName, version).flatMap(Optional::stream).collect(Collectors.joining(" "));
        return severity + " " + name + (where.isEmpty() ? "" : " in " + where)
                + fixedIn.map(fixed -> ", fixed in " + fixed).orElse("")
                + link.map(address -> "  " + address).orElse("");
    }
}
