package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.StageSum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Builds as rows, stages as columns.
 *
 * @param stages in the order in which a build comes to them
 * @param rows in the order of the builds
 */
record StageTable(List<String> stages, List<Row> rows) {
    /** @param cells by stage; one that the build was not to come to has none */
    record Row(BuildRecord build, Map<String, StageSum> cells) {}

    static StageTable of(List<BuildRecord> builds) {
        List<Row> rows = builds.stream().map(StageTable::row).toList();
        Set<String> stages = new LinkedHashSet<>();
        rows.forEach(row -> stages.addAll(row.cells().keySet()));
        List<String> ordered = new ArrayList<>(stages);
        ordered.sort(Comparator.comparing(Stage::place));
        return new StageTable(ordered, rows);
    }

    private static Row row(BuildRecord build) {
        Map<String, StageSum> cells = new LinkedHashMap<>();
        StageSum.of(build).forEach(sum -> cells.put(sum.stage(), sum));
        return new Row(build, cells);
    }

    /** Of the builds in which the stage ended well. */
    OptionalDouble average(String stage) {
        return rows.stream()
                .map(row -> row.cells().get(stage))
                .filter(cell -> cell != null && cell.status() == Status.DONE)
                .mapToDouble(StageSum::seconds)
                .average();
    }

    /** Of the builds that ended well, from their start to their end. */
    OptionalDouble averageBuild() {
        return rows.stream()
                .map(Row::build)
                .filter(build -> build.outcome() == BuildRecord.Outcome.SUCCESS)
                .mapToDouble(BuildRecord::seconds)
                .average();
    }
}
