package io.github.ecsmaven.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Gathers old builds, many in a file, so that a history in a bucket is read with few requests. Nothing is lost whoever else does
 * the same: single files are deleted only when the one with all of them is there, and a build that is found twice is one. The
 * first line has what charts need of all, so that for them the rest need not be read.
 */
final class GatherBuilds {
    /** So many single files are read without trouble. */
    static final int MOST_LOOSE = 600;

    /** Builds in one file. */
    static final int TOGETHER = 500;

    /** A build that goes on replaces its record; none goes on for so long. */
    private static final Duration OLD = Duration.ofDays(7);

    private final HistoryStore store;
    private final Function<List<String>, List<Optional<byte[]>>> get;

    /** @param get gets several files, in their order */
    GatherBuilds(HistoryStore store, Function<List<String>, List<Optional<byte[]>>> get) {
        this.store = store;
        this.get = get;
    }

    /**
     * Gathers the oldest builds when there are many.
     *
     * @param names all that the store has
     */
    void run(List<String> names, Instant now) {
        List<String> loose = names.stream()
                .filter(name -> History.ONE.matcher(name).matches())
                .sorted()
                .toList();
        String young = NewBuildId.TIME.format(now.minus(OLD));
        for (int from = 0; loose.size() - from > MOST_LOOSE; from += TOGETHER) {
            List<String> oldest = loose.subList(from, from + TOGETHER);
            if (oldest.get(TOGETHER - 1).compareTo(young) >= 0 || !gather(oldest)) {
                return;
            }
        }
    }

    /** @return false when another build does the same at this time */
    private boolean gather(List<String> names) {
        List<byte[]> lines = new ArrayList<>();
        for (Optional<byte[]> one : get.apply(names)) {
            if (one.isEmpty()) {
                // A file without this one would take the place of the other's.
                return false;
            }
            // One that is corrupt stays so, and is told of when it is read.
            String line = new String(one.get(), StandardCharsets.UTF_8).replaceAll("[\\r\\n]+", " ");
            lines.add(line.getBytes(StandardCharsets.UTF_8));
        }
        sums(lines).ifPresent(sums -> lines.add(0, SumLine.write(sums)));
        String span = id(names.get(0)) + "-" + id(names.get(names.size() - 1));
        store.put("builds-" + span + ".jsonl.gz", zip(lines));
        store.delete(names);
        return true;
    }

    /** Empty when a line is no record, which is told only when all are read. */
    private static Optional<List<BuildSum>> sums(List<byte[]> lines) {
        List<BuildSum> sums = new ArrayList<>();
        try {
            for (byte[] line : lines) {
                sums.add(BuildSum.of(SkimBuild.run(line)));
            }
            return Optional.of(sums);
        } catch (IOException corrupt) {
            return Optional.empty();
        }
    }

    private static byte[] zip(List<byte[]> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static String id(String name) {
        Matcher one = History.ONE.matcher(name);
        return one.matches() ? one.group(1) : name;
    }

    /** What charts need of the builds in such a file; empty where the first line does not have it. */
    static Optional<List<BuildSum>> sums(byte[] gathered) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gathered))) {
            return SumLine.read(in);
        }
    }

    /** The records in such a file, a line each. */
    static List<byte[]> lines(byte[] gathered) throws IOException {
        byte[] all;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gathered))) {
            all = in.readAllBytes();
        }
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < all.length; at++) {
            if (all[at] == '\n') {
                if (at > from) {
                    lines.add(Arrays.copyOfRange(all, from, at));
                }
                from = at + 1;
            }
        }
        return !lines.isEmpty() && SumLine.is(lines.get(0)) ? lines.subList(1, lines.size()) : lines;
    }
}
