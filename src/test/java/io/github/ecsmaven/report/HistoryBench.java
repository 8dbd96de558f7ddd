package io.github.ecsmaven.report;

import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.report.page.DrawPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How long a history of 10,000 builds takes to read and to draw, each of three modules, in a fresh JVM; see {@code src/bench/history.sh}.
 * Arguments: an empty folder to write it to, or one that it was written to; then how many builds, when it is another number.
 */
final class HistoryBench {
    private static final int BUILDS = 10_000;
    private static final int ROWS = 100;

    private static final Pattern TIME = Pattern.compile("2026-11-26T[0-9:.]+Z");

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
        History.Past past = new History(store, Clock.systemUTC(), System.out::println).past(ROWS, BUILDS);
        int page = new DrawPage(ZoneOffset.UTC, ROWS)
                .run(past.newest(), past.sums())
                .length();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                Locale.ROOT,
                "%d builds of %d files read and drawn (%d KB) in %d ms, heap %d MiB of %d MiB%n",
                past.sums().size(),
                files,
                page / 1000,
                took.toMillis(),
                Runtime.getRuntime().totalMemory() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** As builds of two years are: each at its own time and of its own commit, one in eight failed. */
    private static void write(HistoryStore store, int builds) {
        BuildRecord sample = Builds.sample();
        String line = new String(RecordFile.line(sample), StandardCharsets.UTF_8);
        Instant first = Instant.now().atZone(ZoneOffset.UTC).minusYears(2).toInstant();
        Duration between = Duration.between(first, Instant.now()).dividedBy(builds);
        for (int number = 0; number < builds; number++) {
            Instant started = first.plus(between.multipliedBy(number));
            Duration later = Duration.between(Instant.parse(sample.started()), started);
            String id = NewBuildId.at(started);
            String commit = "%08x".formatted(number * 0x9e3779b9);
            String build = TIME.matcher(line)
                    .replaceAll(time -> Instant.parse(time.group()).plus(later).toString())
                    .replace(sample.id(), id)
                    .replace("\"number\":\"214\"", "\"number\":\"" + number + "\"")
                    .replace("\"commit\":\"0a1b2c3d", "\"commit\":\"" + commit);
            if (number % 8 > 0) {
                build = build.replace("FAILED", "SUCCESS").replace("\"status\":\"SUCCESS\"", "\"status\":\"DONE\"");
            }
            store.put(id + ".json", build.getBytes(StandardCharsets.UTF_8));
        }
    }
}
