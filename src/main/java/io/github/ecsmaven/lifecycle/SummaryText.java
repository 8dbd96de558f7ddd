package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.summary.FailureText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The summary of one module at the end of the build: what broke first, with the reason, then the stages that went well or did not run. */
final class SummaryText {
    private SummaryText() {}

    /**
     * @param stages in the order in which a build comes to them
     * @param facts what the goals noted: digest, tags, deployment, url; in the order to show. Of several services a
     *     line each
     * @param failures tells why a stage broke
     * @param reports where the tests of a stage are reported
     */
    static List<String> lines(
            String module,
            List<BuildRecord.Stage> stages,
            Map<String, String> facts,
            FailureText failures,
            Function<String, Optional<String>> reports) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("ECS summary of " + module);
        for (BuildRecord.Stage stage : stages) {
            if (isBroken(stage)) {
                lines.add(line(stage.stage(), duration(stage)));
                failures.lines(stage, reports.apply(stage.stage())).forEach(line -> lines.add("    " + line));
            }
        }
        stages.stream()
                .filter(stage -> !isBroken(stage))
                .forEach(stage -> lines.add(line(stage.stage(), duration(stage))));
        lines.add("");
        facts.forEach((name, value) -> {
            List<String> values = value.lines().toList();
            for (int i = 0; i < values.size(); i++) {
                lines.add(line(i == 0 ? name : "", values.get(i)));
            }
        });
        return lines;
    }

    static boolean isBroken(BuildRecord.Stage stage) {
        return stage.status() == BuildRecord.Status.FAILED || stage.status() == BuildRecord.Status.INTERRUPTED;
    }

    private static String duration(BuildRecord.Stage stage) {
        return switch (stage.status()) {
            case SKIPPED -> " skipped";
            case NOT_RUN -> " not run";
            case DONE -> took(stage);
            case INTERRUPTED -> took(stage) + "  interrupted";
            case FAILED -> took(stage) + "  FAILED";
        };
    }

    private static String took(BuildRecord.Stage stage) {
        return String.format(
                Locale.ROOT, "%8s", DurationText.show(Duration.ofMillis(Math.round(1000 * stage.seconds()))));
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "  %-18s %s", name, value);
    }
}
