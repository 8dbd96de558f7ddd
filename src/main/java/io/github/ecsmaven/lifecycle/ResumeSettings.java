package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.SkippedTests;
import io.github.ecsmaven.lifecycle.resume.LeftOut;
import io.github.ecsmaven.report.BuildRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Whether a call goes on from earlier ones, and what it leaves out of the phases that it runs itself. */
final class ResumeSettings {
    /** Properties by which Surefire and Failsafe run some tests only. */
    private static final List<String> OF_BOTH = List.of("groups", "excludedGroups");

    private static final List<String> OF_SUREFIRE = List.of("test", "surefire.includesFile", "surefire.excludesFile");
    private static final List<String> OF_FAILSAFE =
            List.of("it.test", "failsafe.includesFile", "failsafe.excludesFile");

    private ResumeSettings() {}

    /** {@code ecs.resume}, as the first of the modules says that use the plugin; empty when it is neither true nor false. */
    static Optional<Boolean> on(List<MavenProject> users, MavenSession session) {
        return users.stream()
                .flatMap(project -> Optional.ofNullable(project.getPlugin(EcsLifecycle.PLUGIN))
                        .flatMap(plugin ->
                                PluginSettings.of(plugin, project, session).text("resume", "ecs.resume"))
                        .stream())
                .findFirst()
                .map(ResumeSettings::isOn)
                .orElse(Optional.of(false));
    }

    /** As the goal reads it, which refuses any other text. */
    static Optional<Boolean> isOn(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /**
     * What doesn't count as done, although its phase ran: tests that were skipped, selected, or failed without ending the build.
     *
     * @param stages of the call
     */
    static Set<LeftOut> leftOut(MavenProject project, MavenSession session, RecordStages stages) {
        return leftOut(
                session.getUserProperties(),
                SkippedTests.areTestClasses(List.of(PluginSettings.given(session), project.getProperties())),
                stages.skipped(project),
                stage -> hasFailures(stages.tests(project, stage)));
    }

    /**
     * @param given on the command line
     * @param notCompiled {@code maven.test.skip}
     * @param skipped stages whose goals do nothing
     * @param failed whether failures were reported; the build went on, so they were ignored
     */
    static Set<LeftOut> leftOut(Properties given, boolean notCompiled, Set<Stage> skipped, Predicate<Stage> failed) {
        Set<LeftOut> leftOut = EnumSet.noneOf(LeftOut.class);
        if (notCompiled) {
            leftOut.add(LeftOut.TEST_CLASSES);
        }
        if (skipped.contains(Stage.UNIT_TESTS) || isSelected(given, OF_SUREFIRE) || failed.test(Stage.UNIT_TESTS)) {
            leftOut.add(LeftOut.UNIT_TESTS);
        }
        if (skipped.contains(Stage.INTEGRATION_TESTS)
                || isSelected(given, OF_FAILSAFE)
                || failed.test(Stage.INTEGRATION_TESTS)) {
            leftOut.add(LeftOut.INTEGRATION_TESTS);
        }
        return leftOut;
    }

    private static boolean isSelected(Properties given, List<String> names) {
        return Stream.concat(OF_BOTH.stream(), names.stream()).anyMatch(given::containsKey);
    }

    private static boolean hasFailures(Optional<BuildRecord.Tests> tests) {
        return tests.filter(reported -> reported.failed() + reported.errors() > 0)
                .isPresent();
    }
}
