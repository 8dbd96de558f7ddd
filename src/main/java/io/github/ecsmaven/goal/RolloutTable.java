package io.github.ecsmaven.goal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the rollouts of a session stand. On a terminal it is a table, a line a service, which is written over as long as
 * somebody waits; other lines appear above it. Thread-safe.
 */
final class RolloutTable {
    private static final String LINE_UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final boolean inPlace;
    private final int width;
    private final Consumer<String> out;
    private final Map<Object, Row> rows = new LinkedHashMap<>();
    private int nameWidth = 1;
    private int drawn;
    private int waiting;

    /** @param revision that the service gets, {@code -> 18}; empty when it isn't known */
    record Row(String service, String revision, Duration elapsed, String state) {}

    private RolloutTable(boolean inPlace, int width, Consumer<String> out) {
        this.inPlace = inPlace;
        this.width = width;
        this.out = out;
    }

    /**
     * @param width of the terminal; a line that is broken could not be written over
     * @param out gets raw text
     */
    static RolloutTable inPlace(int width, Consumer<String> out) {
        return new RolloutTable(true, width, out);
    }

    /** For a log: there is no table, only who waits is known. */
    static RolloutTable inLog() {
        return new RolloutTable(false, 0, text -> {});
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** From now on a service of this name has lines too. */
    synchronized void knows(String service) {
        nameWidth = Math.max(nameWidth, service.length());
    }

    /** Of the longest name: with it the lines of all services stand in columns. */
    synchronized int nameWidth() {
        return nameWidth;
    }

    /** Whether somebody waits; else Maven builds on, and only what is worth a line is told. */
    synchronized boolean isWaitedFor() {
        return waiting > 0;
    }

    /** From now on somebody waits. */
    synchronized void attend() {
        waiting++;
        draw("");
    }

    synchronized void leave() {
        out.accept(cleared());
        waiting--;
        draw("");
    }

    synchronized void show(Object owner, Row row) {
        rows.put(owner, row);
        draw(cleared());
    }

    synchronized void remove(Object owner) {
        rows.remove(owner);
        draw(cleared());
    }

    /** Writes a line of the log, which the table may not run into. */
    synchronized void above(Runnable line) {
        out.accept(cleared());
        line.run();
        draw("");
    }

    private String cleared() {
        String text = LINE_UP_AND_CLEAR.repeat(drawn);
        drawn = 0;
        return text;
    }

    private void draw(String before) {
        StringBuilder text = new StringBuilder(before);
        if (inPlace && waiting > 0) {
            int names = width(Row::service);
            int revisions = width(Row::revision);
            rows.values()
                    .forEach(row -> text.append(line(row, names, revisions)).append('\n'));
            drawn = rows.size();
        }
        out.accept(text.toString());
    }

    private int width(Function<Row, String> column) {
        return rows.values().stream()
                .mapToInt(row -> column.apply(row).length())
                .max()
                .orElse(0);
    }

    private String line(Row row, int names, int revisions) {
        String format = "  %-" + Math.max(1, names) + "s  %" + Math.max(1, revisions) + "s %4d s  %s";
        String text = String.format(
                Locale.ROOT,
                format,
                row.service(),
                row.revision(),
                row.elapsed().toSeconds(),
                row.state().replaceAll(" {2,}", "  "));
        return text.length() < width ? text : text.substring(0, width - 2) + "…";
    }
}
