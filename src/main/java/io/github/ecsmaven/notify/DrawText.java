package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Status;
import java.util.ArrayList;
import java.util.List;

/** A notice as plain text: of a mail beside its HTML, and of a topic. */
final class DrawText {
    private DrawText() {}

    static String run(Notice notice) {
        List<String> lines = new ArrayList<>();
        lines.add(notice.subject());
        notice.commit()
                .ifPresent(commit -> lines.add(
                        commit + notice.message().map(said -> ": " + said).orElse("")));
        notice.failed().ifPresent(failed -> {
            lines.add("");
            lines.addAll(failed(failed));
        });
        lines.add("");
        int width = notice.stages().stream()
                .mapToInt(row -> row.stage().length())
                .max()
                .orElse(0);
        notice.stages()
                .forEach(row -> lines.add((row.status() == Status.FAILED ? "> " : "  ")
                        + row.stage()
                        + " ".repeat(width - row.stage().length() + 2)
                        + Notice.text(row)));
        if (!notice.links().isEmpty()) {
            lines.add("");
            notice.links().forEach(link -> lines.add(link.name() + ": " + link.url()));
        }
        return String.join("\n", lines) + "\n";
    }

    /** The error, its lines indented by two. */
    private static List<String> failed(Notice.Failed failed) {
        List<String> lines = new ArrayList<>();
        lines.add(failed.stage() + " of " + failed.module() + ": "
                + failed.error().what());
        failed.tests().forEach(test -> lines.addAll(test(test)));
        if (failed.more() > 0) {
            lines.add("  and " + failed.more() + " more");
        }
        failed.error().evidence().forEach(line -> lines.add("  " + line));
        failed.error().next().ifPresent(next -> lines.add("Next: " + next));
        return lines;
    }

    private static List<String> test(Failure test) {
        String place = test.place().orElse("");
        return place.isEmpty()
                ? List.of("  " + test.test() + ": " + test.message())
                : List.of("  " + test.test() + ": " + test.message(), "    " + place);
    }
}
