package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.WholeFile;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.report.page.DrawPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** Writes the stage view, {@code target/ecs/report.html} of the top project, with times as this machine tells them. */
final class WritePage {
    /** Of {@code ecs.report.builds}. */
    static final String DEFAULT_ROWS = "100";

    private WritePage() {}

    /**
     * @param builds in any order; the charts are of all
     * @param rows so many of the newest are shown
     */
    static void run(Path file, List<BuildRecord> builds, int rows) {
        write(file, draw(builds, rows));
    }

    /** @param past the charts are of all its builds, the rows of the newest */
    static void run(Path file, History.Past past) {
        write(file, new DrawPage(ZoneId.systemDefault(), past.newest().size()).run(past.newest(), past.sums()));
    }

    private static void write(Path file, String page) {
        try {
            WholeFile.write(file, page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String draw(List<BuildRecord> builds, int rows) {
        return new DrawPage(ZoneId.systemDefault(), rows).run(builds);
    }

    /** @throws Problem when it is no number of builds */
    static int rows(String text) {
        int rows = OptionText.count("ecs.report.builds", text);
        if (rows == 0) {
            throw Problem.ofProject(
                    "A page without a build is none (ecs.report.builds=0).",
                    "write how many builds it shows, for example ecs.report.builds=30; ecs.report=false leaves record and page out.");
        }
        return rows;
    }
}
