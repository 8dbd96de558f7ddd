package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The summary of one module at the end of the build. */
final class SummaryText {
    private SummaryText() {}

    /**
     * @param facts what the goals noted: digest, tags, deployment, url; in the order to show
     * @param asked the stages that a broken build shows even when they did not run
     * @param skipped the stages whose goals had nothing to do, as their tests are skipped
     */
    static List<String> lines(
            String module, StageClock.Module stages, Map<String, String> facts, Set<Stage> asked, Set<Stage> skipped) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("ECS summary of " + module);
        for (Stage stage : Stage.values()) {
            if (stages.took(stage).isPresent() || stages.isBroken() && asked.contains(stage)) {
                lines.add(line(stage.text(), duration(stage, stages, skipped)));
            }
        }
        lines.add("");
        facts.forEach((name, value) -> lines.add(line(name, value)));
        return lines;
    }

    private static String duration(Stage stage, StageClock.Module stages, Set<Stage> skipped) {
        boolean ran = stages.took(stage).isPresent();
        if (ran && skipped.contains(stage) && stages.end(stage) == StageClock.End.DONE) {
            return " skipped";
        }
        return stages.took(stage)
                .map(took -> String.format(Locale.ROOT, "%8s", DurationText.show(took)) + end(stages.end(stage)))
                .orElse(" not run");
    }

    private static String end(StageClock.End end) {
        return switch (end) {
            case DONE -> "";
            case INTERRUPTED -> "  interrupted";
            case FAILED -> "  FAILED";
        };
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "  %-18s %s", name, value);
    }
}
