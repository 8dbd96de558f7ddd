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
 * the same: single files are deleted only when the one with all of them is there, and a build that is found twice is one.
 */
final class GatherBuilds {
    /** So many single files are read without trouble. */
    static final int MOST_LOOSE = 1_000;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (Optional<byte[]> one : get.apply(names)) {
                if (one.isEmpty()) {
                    // A file without this one would take the place of the other's.
                    return false;
                }
                // One that is corrupt stays so, and is told of when it is read.
                String line = new String(one.get(), StandardCharsets.UTF_8).replaceAll("[\\r\\n]+", " ");
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        String span = id(names.get(0)) + "-" + id(names.get(names.size() - 1));
        store.put("builds-" + span + ".jsonl.gz", bytes.toByteArray());
        store.delete(names);
        return true;
    }

    private static String id(String name) {
        Matcher one = History.ONE.matcher(name);
        return one.matches() ? one.group(1) : name;
    }

    /** The lines of such a file that hold something. */
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
        return lines;
    }
}
