package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Builds as rows, stages as columns.
 *
 * @param stages in the order in which a build comes to them
 * @param rows in the order of the builds
 */
record StageTable(List<String> stages, List<Row> rows) {
    /** @param cells by stage; one that the build was not to come to has none */
    record Row(BuildRecord build, Map<String, Cell> cells) {}

    /**
     * A stage of a build in all its modules.
     *
     * @param status of the module that fared worst
     * @param seconds all modules together
     * @param ran modules in which it ended
     * @param of modules that were to come to it
     */
    record Cell(Status status, double seconds, int ran, int of) {
        Cell and(Cell other) {
            return new Cell(status.worse(other.status), seconds + other.seconds, ran + other.ran, of + other.of);
        }
    }

    static StageTable of(List<BuildRecord> builds) {
        List<Row> rows = builds.stream().map(StageTable::row).toList();
        Set<String> stages = new LinkedHashSet<>();
        rows.forEach(row -> stages.addAll(row.cells().keySet()));
        List<String> ordered = new ArrayList<>(stages);
        ordered.sort(Comparator.comparing(Stage::place));
        return new StageTable(ordered, rows);
    }

    private static Row row(BuildRecord build) {
        Map<String, Cell> cells = new TreeMap<>();
        build.modules().forEach(module -> module.stages()
                .forEach(stage -> cells.merge(stage.stage(), cell(stage), Cell::and)));
        return new Row(build, cells);
    }

    private static Cell cell(Stage stage) {
        boolean skipped = stage.status() == Status.SKIPPED;
        return new Cell(stage.status(), stage.seconds(), stage.status().ran() ? 1 : 0, skipped ? 0 : 1);
    }

    /** Of the builds in which the stage ended well. */
    OptionalDouble average(String stage) {
        return rows.stream()
                .map(row -> row.cells().get(stage))
                .filter(cell -> cell != null && cell.status() == Status.DONE)
                .mapToDouble(Cell::seconds)
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
