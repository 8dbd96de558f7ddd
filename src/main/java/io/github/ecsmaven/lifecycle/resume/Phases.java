package io.github.ecsmaven.lifecycle.resume;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The phases of Maven's default lifecycle that a later call need not run again, and which of them count as done. */
public final class Phases {
    /** Those that are done once and for all for the same sources; install and deploy are done as often as they are asked for. */
    static final List<String> ALL = List.of(
            "validate",
            "initialize",
            "generate-sources",
            "process-sources",
            "generate-resources",
            "process-resources",
            "compile",
            "process-classes",
            "generate-test-sources",
            "process-test-sources",
            "generate-test-resources",
            "process-test-resources",
            "test-compile",
            "process-test-classes",
            "test",
            "prepare-package",
            "package",
            "pre-integration-test",
            "integration-test",
            "post-integration-test",
            "verify");

    /** To the classes of the tests. */
    public static final List<String> TO_COMPILE = ALL.subList(0, ALL.indexOf("test"));

    private static final List<String> BEYOND = List.of("install", "deploy");

    /** They count together: a container that was started is gone in the next call, and failures are told by the last. */
    private static final List<String> INTEGRATION_TESTS = from("pre-integration-test");

    private static final List<String> TEST_CLASSES =
            ALL.subList(ALL.indexOf("generate-test-sources"), ALL.indexOf("test"));

    /** Maven 4's names, see DefaultLifecycleRegistry; what comes right before a phase counts to it. */
    private static final Map<String, String> OF_MAVEN_4 = Map.ofEntries(
            Map.entry("sources", "generate-sources"),
            Map.entry("after:sources", "process-sources"),
            Map.entry("resources", "generate-resources"),
            Map.entry("after:resources", "process-resources"),
            Map.entry("after:compile", "process-classes"),
            Map.entry("ready", "process-classes"),
            Map.entry("test-sources", "generate-test-sources"),
            Map.entry("after:test-sources", "process-test-sources"),
            Map.entry("test-resources", "generate-test-resources"),
            Map.entry("after:test-resources", "process-test-resources"),
            Map.entry("after:test-compile", "process-test-classes"),
            Map.entry("before:package", "prepare-package"),
            Map.entry("before:integration-test", "pre-integration-test"),
            Map.entry("after:integration-test", "post-integration-test"));

    private Phases() {}

    /** The name by which a phase is known here, of one of Maven 3 or 4; any other stays as it is. */
    static String known(String phase) {
        String plain = phase.replaceFirst("\\[.*", "");
        String part = plain.replaceFirst("^(before|after|at):", "");
        return OF_MAVEN_4.getOrDefault(plain, OF_MAVEN_4.getOrDefault(part, part));
    }

    /** Those that a call of these goals and phases runs in a module which it builds to the end. */
    static Set<String> called(Collection<String> goals) {
        if (goals.stream().anyMatch(BEYOND::contains)) {
            return new LinkedHashSet<>(ALL);
        }
        int last = goals.stream().mapToInt(ALL::indexOf).max().orElse(-1);
        return new LinkedHashSet<>(ALL.subList(0, last + 1));
    }

    /** Those that are over when a goal of that phase ends the build; none for a phase of another lifecycle. */
    static Set<String> before(String phase) {
        return BEYOND.contains(phase)
                ? new LinkedHashSet<>(ALL)
                : new LinkedHashSet<>(ALL.subList(0, Math.max(0, ALL.indexOf(phase))));
    }

    /** The part of the phases that a call ran which count as done. */
    static Set<String> counted(Set<String> ran, Set<LeftOut> leftOut) {
        Set<String> counted = new LinkedHashSet<>(ran);
        if (leftOut.contains(LeftOut.UNIT_TESTS)) {
            counted.remove("test");
        }
        if (leftOut.contains(LeftOut.INTEGRATION_TESTS) || !ran.containsAll(INTEGRATION_TESTS)) {
            INTEGRATION_TESTS.forEach(counted::remove);
        }
        if (leftOut.contains(LeftOut.TEST_CLASSES)) {
            // A jar of the tests would be packaged without them.
            from("generate-test-sources").forEach(counted::remove);
        }
        return counted;
    }

    /** Without those that compile the tests: their classes are not there. */
    static Set<String> withoutTestClasses(Set<String> done) {
        return without(done, TEST_CLASSES);
    }

    /** Without packaging, and the tests of what was packaged. */
    static Set<String> withoutPackage(Set<String> done) {
        return without(done, from("prepare-package"));
    }

    /** Some tests are yet to run, and need the test classes. */
    static boolean needsTestClasses(Set<String> done) {
        return !done.contains("test") || !isTested(done);
    }

    static boolean isCompiled(Set<String> done) {
        return done.contains("compile");
    }

    static boolean isPackaged(Set<String> done) {
        return done.contains("package");
    }

    /** Also the integration tests are done. */
    static boolean isTested(Set<String> done) {
        return done.contains("verify");
    }

    private static Set<String> without(Set<String> done, List<String> phases) {
        Set<String> rest = new LinkedHashSet<>(done);
        phases.forEach(rest::remove);
        return rest;
    }

    private static List<String> from(String phase) {
        return ALL.subList(ALL.indexOf(phase), ALL.size());
    }
}
