package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildSum;
import io.github.ecsmaven.report.CleanText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Draws the stage view of a project's builds. */
public final class DrawPage {
    private static final int ROOM_PER_ROW = 1_100;
    private static final int LEAST_ROOM = 60_000;
    private static final Pattern PLACE = Pattern.compile("\\{\\{title}}|/\\*names\\*/|\\{\\{body}}");

    private final ZoneId zone;
    private final int most;

    /**
     * @param zone in which the page tells times
     * @param most rows that are shown, the newest builds; the charts are of all
     */
    public DrawPage(ZoneId zone, int most) {
        this.zone = zone;
        this.most = most;
    }

    /** @param builds in any order */
    public String run(List<BuildRecord> builds) {
        return run(
                builds,
                builds.stream().sorted(BuildRecord.BY_START).map(BuildSum::of).toList());
    }

    /**
     * @param builds in any order, the newest rows at least
     * @param all of the charts, oldest first; those of the rows too
     * @return a whole HTML document, UTF-8, that loads nothing from elsewhere; below 300 KB with 100 rows
     */
    public String run(List<BuildRecord> builds, List<BuildSum> all) {
        List<BuildRecord> sorted = builds.stream().sorted(BuildRecord.BY_START).toList();
        String template = resource("stage-view.html");
        if (sorted.isEmpty()) {
            Html none = new Html();
            none.open("main")
                    .element("p", "No build is recorded yet.", "class", "soft")
                    .close();
            return fill(template, "Builds", "", none);
        }
        StageTable shown = StageTable.of(newest(sorted));
        BuildRecord last = sorted.get(sorted.size() - 1);
        return fill(template, "Builds of " + last.name(), names(shown.stages()), body(last, all, shown));
    }

    private Html body(BuildRecord last, List<BuildSum> all, StageTable shown) {
        DrawCharts charts = new DrawCharts(zone);
        Html html = new Html();
        header(html, last, all, shown.rows().size());
        html.open("main");
        Delivery delivery = Delivery.of(all);
        if (!delivery.builds().isEmpty()) {
            html.add(charts.metrics(delivery));
        }
        int room = Math.max(LEAST_ROOM, shown.rows().size() * ROOM_PER_ROW);
        html.open("section", "class", "stages", "aria-label", "Stage view");
        html.add(new DrawTable(shown, zone, room).draw()).close();
        html.add(charts.durations(all));
        return html.close();
    }

    private List<BuildRecord> newest(List<BuildRecord> sorted) {
        List<BuildRecord> newest = new ArrayList<>(sorted.subList(Math.max(0, sorted.size() - most), sorted.size()));
        Collections.reverse(newest);
        return newest;
    }

    private void header(Html html, BuildRecord last, List<BuildSum> all, int shown) {
        html.open("header").open("div").element("h1", last.name());
        html.element("p", last.project() + " " + last.version(), "class", "soft")
                .close();
        html.open("p", "class", "soft");
        html.text(
                all.size() == shown
                        ? Words.count(shown, "build")
                        : "the last " + shown + " of " + Words.count(all.size(), "build"));
        List<Instant> times =
                all.stream().flatMap(build -> build.started().stream()).toList();
        if (!times.isEmpty()) {
            String first = Words.day(times.get(0), zone);
            String newest = Words.day(times.get(times.size() - 1), zone);
            html.text(", " + (first.equals(newest) ? first : first + " to " + newest));
        }
        html.text(", times in " + zone.getId()).close();
        html.element("p", state(last), "class", "state " + last.outcome().name().toLowerCase(Locale.ROOT));
        html.close();
    }

    private static String state(BuildRecord last) {
        String number = "#" + CleanText.cut(last.number(), 12);
        return switch (last.outcome()) {
            case SUCCESS -> number + " succeeded";
            case FAILED -> number + " failed";
            case INTERRUPTED -> number + " was interrupted";
        };
    }

    /** The columns' names, which a phone shows in each cell: there are no columns there. */
    private static String names(List<String> stages) {
        StringBuilder css = new StringBuilder();
        for (int i = 0; i < stages.size(); i++) {
            css.append(".b td:nth-child(")
                    .append(i + 3)
                    .append("),.avg td:nth-child(")
                    .append(i + 3);
            css.append("){--name:\"").append(cssText(stages.get(i))).append("\"}\n");
        }
        return css.toString();
    }

    /** Anything but letters and digits as CSS's own escape, so that no name ends the string or the style sheet. */
    private static String cssText(String text) {
        return text.codePoints()
                .mapToObj(c -> c < 128 && Character.isLetterOrDigit(c)
                        ? Character.toString(c)
                        : "\\" + Integer.toHexString(c) + " ")
                .collect(Collectors.joining());
    }

    /** In one pass: what the records hold is never taken for a place to fill. */
    private static String fill(String template, String title, String names, Html body) {
        Map<String, String> parts =
                Map.of("{{title}}", new Html().text(title).html(), "/*names*/", names, "{{body}}", body.html());
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group())));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(DrawPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
