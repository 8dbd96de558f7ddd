package io.github.ecsmaven.ecr;

import io.github.ecsmaven.NearestNames;
import io.github.ecsmaven.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How bad a finding is, the worst first (ECR API, FindingSeverity). */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFORMATIONAL,
    /** The source gave none, or one that ECR doesn't know; Inspector calls it untriaged. */
    UNDEFINED;

    /**
     * @param property for the error
     * @throws Problem when it is none
     */
    public static Severity of(String property, String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Stream.of(values())
                .filter(severity -> severity.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.ofProject(
                        "'" + text + "' is not a severity (" + property + ").",
                        "write one of " + String.join(", ", all()) + nearest(name) + "."));
    }

    /** As ECR writes it; one that isn't known is undefined. */
    static Severity seen(String text) {
        return Stream.of(values())
                .filter(severity -> severity.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(UNDEFINED);
    }

    boolean isAtLeast(Severity limit) {
        return ordinal() <= limit.ordinal();
    }

    private static String nearest(String name) {
        return NearestNames.of(name, all()).stream()
                .findFirst()
                .map(near -> "; the nearest is " + near)
                .orElse("");
    }

    private static List<String> all() {
        return Stream.of(values()).map(Severity::name).toList();
    }
}
