package io.github.ecsmaven.report;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.report.page.DrawPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * How long a history of 10,000 builds takes to read and to draw, each of three modules, in a fresh JVM; see {@code src/bench/history.sh}.
 * Arguments: an empty folder to write it to, or one that it was written to; then how many builds, when it is another number.
 */
final class HistoryBench {
    private static final int BUILDS = 10_000;

    private HistoryBench() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        HistoryStore store = new FolderHistory(folder);
        if (!Files.exists(folder)) {
            write(store, args.length > 1 ? Integer.parseInt(args[1]) : BUILDS);
            return;
        }
        long files = store.names().size();
        long begun = System.nanoTime();
        List<BuildRecord> builds = new History(store, Clock.systemUTC(), System.out::println).latest(BUILDS);
        int page = new DrawPage(ZoneOffset.UTC, 100).run(builds).length();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                Locale.ROOT,
                "%d builds of %d files read and drawn (%d KB) in %d ms, heap %d MiB of %d MiB%n",
                builds.size(),
                files,
                page / 1000,
                took.toMillis(),
                Runtime.getRuntime().totalMemory() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static void write(HistoryStore store, int builds) {
        Instant first = Instant.now().atZone(ZoneOffset.UTC).minusYears(2).toInstant();
        for (int number = 0; number < builds; number++) {
            BuildRecord build = Builds.numbered(
                    NewBuildId.at(first.plus(Duration.ofMinutes(10L * number))), String.valueOf(number));
            store.put(build.id() + ".json", RecordFile.line(build));
        }
    }
}
