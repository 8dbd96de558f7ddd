package io.github.ecsmaven.report;

import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stage that broke in one module of a build.
 *
 * @param module its name
 */
public record BrokenStage(String module, Stage stage) {
    /**
     * What broke first is told first, as the others may be its consequences; a failure before what was interrupted. By the time of
     * their end: a stage whose time is not known stands last.
     */
    public static final Comparator<Stage> BY_CAUSE = Comparator.<Stage, Boolean>comparing(
                    stage -> stage.status() != Status.FAILED)
            .thenComparing(stage -> stage.ended().orElse(Instant.MAX));

    /** All of a build, the root cause first. */
    public static List<BrokenStage> of(BuildRecord build) {
        return build.modules().stream()
                .flatMap(BrokenStage::of)
                .sorted(Comparator.comparing(BrokenStage::stage, BY_CAUSE))
                .toList();
    }

    private static Stream<BrokenStage> of(Module module) {
        return module.stages().stream()
                .filter(stage -> stage.status() == Status.FAILED || stage.status() == Status.INTERRUPTED)
                .map(stage -> new BrokenStage(module.name(), stage));
    }

    /** The module, where there are several: {@code  in shop-web}. */
    public String where(BuildRecord build) {
        return build.modules().size() > 1 ? " in " + module : "";
    }
}
