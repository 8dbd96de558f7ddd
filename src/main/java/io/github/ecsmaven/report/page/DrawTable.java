package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Person;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.StageSum;
import io.github.ecsmaven.report.page.StageTable.Row;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of builds and stages. */
final class DrawTable {
    /** Characters of a commit's message in its row. */
    static final int MOST_MESSAGE = 90;

    private static final int MOST_NAME = 40;
    private final StageTable table;
    private final ZoneId zone;
    private final DrawDetail details;

    /** @param room bytes for what the rows open to */
    DrawTable(StageTable table, ZoneId zone, int room) {
        this.table = table;
        this.zone = zone;
        this.details = new DrawDetail(room, table.rows().size());
    }

    Html draw() {
        Html html = new Html();
        html.open("table", "style", "--columns:" + table.stages().size())
                .element("caption", "Builds, newest first, and their stages", "class", "v");
        head(html);
        html.open("tbody");
        for (int i = 0; i < table.rows().size(); i++) {
            row(html, table.rows().get(i), "b" + i, i == 0);
        }
        return html.close().close();
    }

    private void head(Html html) {
        html.open("thead").open("tr", "class", "h");
        html.element("th", "Build", "scope", "col").element("th", "Total", "scope", "col");
        table.stages().forEach(stage -> html.element("th", CleanText.capital(stage), "scope", "col"));
        html.close().open("tr", "class", "avg").element("th", "Average", "scope", "row");
        html.element("td", Span.show(table.averageBuild()));
        table.stages().forEach(stage -> html.element("td", Span.show(table.average(stage))));
        html.close().close();
    }

    private void row(Html html, Row row, String id, boolean newest) {
        BuildRecord build = row.build();
        boolean open = newest && build.outcome() == Outcome.FAILED;
        html.line().open("tr", "class", "b");
        build(html, build, id, open);
        html.element("td", Span.show(build.seconds()), "class", "t");
        for (String stage : table.stages()) {
            StageSum cell = row.cells().get(stage);
            if (cell == null) {
                html.element("td", "");
            } else {
                cell(html, stage, cell, id, open);
            }
        }
        html.close();
        String style = "more " + style(status(build.outcome()));
        html.open("tr", "class", open ? style + " open" : style, "id", id);
        html.open("td", "colspan", String.valueOf(table.stages().size() + 2)).open("div");
        html.add(details.draw(build)).close().close().close();
    }

    private void build(Html html, BuildRecord build, String id, boolean open) {
        html.open("th", "scope", "row", "class", style(status(build.outcome())));
        html.open("button", "aria-expanded", String.valueOf(open), "aria-controls", id);
        html.element("span", "#" + CleanText.cut(build.number(), 12), "class", "no");
        html.element("span", " " + word(build.outcome()), "class", "v");
        html.element("span", message(build), "class", "msg").close();
        html.open("p");
        String facts = Stream.of(
                        build.source().flatMap(Source::branch).map(branch -> CleanText.cut(branch, MOST_NAME)),
                        build.source().flatMap(Source::commit).map(Words::commit),
                        build.source()
                                .flatMap(Source::author)
                                .map(Person::name)
                                .map(name -> CleanText.cut(name, MOST_NAME)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
        html.element("span", facts, "class", "who");
        html.element("time", CleanText.cut(Words.minute(build.started(), zone), MOST_NAME));
        html.close().close();
    }

    private static String message(BuildRecord build) {
        return CleanText.cut(build.source().flatMap(Source::message).orElse(build.version()), MOST_MESSAGE);
    }

    private static String style(Status status) {
        return switch (status) {
            case DONE -> "d";
            case FAILED -> "f";
            case INTERRUPTED -> "i";
            case SKIPPED, NOT_RUN -> "n";
        };
    }

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> Status.DONE;
            case FAILED -> Status.FAILED;
            case INTERRUPTED -> Status.INTERRUPTED;
        };
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "succeeded";
            case FAILED -> "failed";
            case INTERRUPTED -> "interrupted";
        };
    }

    private static void cell(Html html, String stage, StageSum cell, String id, boolean open) {
        html.open("td", "class", style(cell.status()));
        switch (cell.status()) {
            case DONE -> html.text(Span.show(cell.seconds()));
            case SKIPPED -> html.text("skipped");
            case NOT_RUN -> html.text(cell.ran() == 0 ? "not run" : cell.ran() + " of " + cell.of());
            case FAILED, INTERRUPTED -> {
                String word = cell.status() == Status.FAILED ? "failed" : "interrupted";
                html.open("button", "aria-expanded", String.valueOf(open), "aria-controls", id);
                html.element("span", CleanText.cut(stage, MOST_NAME) + " " + word + " after", "class", "v");
                html.text(Span.show(cell.seconds())).close();
            }
        }
        html.close();
    }
}
