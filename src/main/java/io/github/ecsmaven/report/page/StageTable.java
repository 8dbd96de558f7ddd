package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.StageSum;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

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
        return new StageTable(inOrder(rows.stream().flatMap(row -> row.cells().keySet().stream())), rows);
    }

    /** The names, each once, in the order in which a build comes to the stages. */
    static List<String> inOrder(Stream<String> stages) {
        return stages.distinct().sorted(Comparator.comparing(Stage::place)).toList();
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
