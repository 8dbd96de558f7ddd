package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.SkippedTests;
import io.github.ecsmaven.lifecycle.resume.Phases;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A stage of the build as the summary shows it, in order. */
enum Stage {
    PREFLIGHT("preflight"),
    COMPILE("compile"),
    UNIT_TESTS("unit tests"),
    PACKAGE("package"),
    IMAGE("image"),
    CONTAINER("container start"),
    INTEGRATION_TESTS("integration tests"),
    PUSH("push"),
    ROLLOUT("rollout"),
    UPLOAD("upload"),
    /** A part of the goal of one of the two before, or of {@code ecs:upload-rollback}; see {@link io.github.ecsmaven.goal.SmokePart}. */
    SMOKE("smoke test"),
    ROLLBACK("rollback"),
    /** What no stage stands for; measured only when it fails. */
    OTHER("other goals");

    private static final Map<String, Stage> OURS = Map.of(
            "preflight", PREFLIGHT,
            "image", IMAGE,
            "start", CONTAINER,
            "stop", INTEGRATION_TESTS,
            "push", PUSH,
            "redeploy", ROLLOUT,
            "upload", UPLOAD,
            "rollback", ROLLBACK,
            "upload-rollback", ROLLBACK);

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Optional<Stage> named(String text) {
        return Stream.of(values()).filter(stage -> stage.text.equals(text)).findFirst();
    }

    /** The folder below {@code target} in which its tests are reported. */
    Optional<String> reports() {
        return switch (this) {
            case UNIT_TESTS -> Optional.of("surefire-reports");
            case INTEGRATION_TESTS -> Optional.of("failsafe-reports");
            default -> Optional.empty();
        };
    }

    /** Whether these phases are all that it consists of. */
    boolean isOver(Set<String> done) {
        return switch (this) {
            case COMPILE -> done.contains("process-test-classes");
            case UNIT_TESTS -> done.contains("test");
            case PACKAGE -> done.contains("package");
            case IMAGE, CONTAINER, INTEGRATION_TESTS -> done.contains("verify");
            default -> false;
        };
    }

    /** That of a goal of this plugin; empty for one that is no step of a deploy. */
    static Optional<Stage> ofOwn(String goal) {
        return Optional.ofNullable(OURS.get(goal));
    }

    /**
     * Those whose goals do nothing, as tests are skipped.
     *
     * @param sources of properties, the strongest first
     * @param withoutContainer the module's own {@code ecs.test.skip}
     */
    static Set<Stage> skipped(List<Properties> sources, boolean withoutContainer) {
        Set<Stage> skipped = EnumSet.noneOf(Stage.class);
        if (SkippedTests.areUnitTests(sources)) {
            skipped.add(UNIT_TESTS);
        }
        if (withoutContainer || SkippedTests.by(sources).isPresent()) {
            skipped.add(CONTAINER);
        }
        if (SkippedTests.areIntegrationTests(sources)) {
            skipped.add(INTEGRATION_TESTS);
        }
        return skipped;
    }

    /**
     * @param plugin artifactId of the goal's plugin
     * @param phase null for a goal that was called on the command line
     */
    static Optional<Stage> of(String plugin, String goal, @Nullable String phase) {
        if (plugin.equals("ecs-maven-plugin")) {
            // The sandbox is looked at as late as that; then it is the push's first step.
            return "preflight".equals(goal) && "install".equals(phase) ? Optional.of(PUSH) : ofOwn(goal);
        }
        if (plugin.equals("maven-failsafe-plugin")) {
            return Optional.of(INTEGRATION_TESTS);
        }
        if (phase == null) {
            return Optional.empty();
        }
        if (Phases.TO_COMPILE.contains(phase)) {
            return Optional.of(COMPILE);
        }
        return switch (phase) {
            case "test" -> Optional.of(UNIT_TESTS);
            case "prepare-package", "package" -> Optional.of(PACKAGE);
            default -> Optional.empty();
        };
    }
}
