package io.github.ecsmaven.report;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The builds of one project, one file {@code <id>.json} for each. Old ones are gathered, many in a file
 * {@code builds-<first id>-<last id>.jsonl.gz}, since a bucket is asked once for each file; see {@link GatherBuilds}.
 */
public final class History {
    static final Pattern ONE = Pattern.compile("(\\d{8}T\\d{6}Z-[0-9a-f]{6})\\.json");
    static final Pattern MANY =
            Pattern.compile("builds-\\d{8}T\\d{6}Z-[0-9a-f]{6}-(\\d{8}T\\d{6}Z-[0-9a-f]{6})\\.jsonl\\.gz");

    /** Of the latest builds one has the highest number, whatever their order is. */
    public static final int LATEST = 20;

    private static final String PART_OF = "a part of ";

    private final HistoryStore store;
    private final Clock clock;
    private final Consumer<String> warning;

    /** @param warning is told once of all records that can't be read */
    public History(HistoryStore store, Clock clock, Consumer<String> warning) {
        this.store = store;
        this.clock = clock;
        this.warning = warning;
    }

    /**
     * Puts the record, in the place of an earlier state of the same build.
     *
     * @throws Problem when the place can't be used
     */
    public void put(BuildRecord record) {
        store.put(record.id() + ".json", RecordFile.line(record));
    }

    /**
     * One more than the highest; builds that run at the same time may get the same.
     *
     * @param latest builds, {@link #LATEST} at least when there are as many
     */
    public static String nextNumber(List<BuildRecord> latest) {
        long highest = latest.stream()
                .map(BuildRecord::number)
                .filter(number -> number.matches("\\d{1,12}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
        return String.valueOf(highest + 1);
    }

    /**
     * The newest builds, and what charts need of these and of older ones.
     *
     * @param newest oldest first
     * @param sums of these and of the older ones, oldest first
     */
    public record Past(List<BuildRecord> newest, List<BuildSum> sums) {}

    /**
     * The latest builds, oldest first. A record that can't be read is left out.
     *
     * @param most how many
     * @throws Problem when the place can't be used
     */
    public List<BuildRecord> latest(int most) {
        return read(most, most).stream()
                .flatMap(build -> build.whole().stream())
                .sorted(BuildRecord.BY_START)
                .toList();
    }

    /**
     * The latest builds; of the older ones of them only what charts need is read, which takes a part of the time and memory.
     *
     * @param whole how many with all that is known of them
     * @param most how many
     * @throws Problem when the place can't be used
     */
    public Past past(int whole, int most) {
        List<Build> builds = read(whole, most);
        List<BuildRecord> newest = builds.stream()
                .flatMap(build -> build.whole().stream())
                .sorted(BuildRecord.BY_START)
                .toList();
        return new Past(
                newest.subList(Math.max(0, newest.size() - whole), newest.size()),
                builds.stream().map(Build::sum).sorted(BuildSum.BY_ID).toList());
    }

    /** @return in any order */
    private List<Build> read(int whole, int most) {
        List<String> names = store.names().stream()
                .filter(name ->
                        ONE.matcher(name).matches() || MANY.matcher(name).matches())
                .sorted(Comparator.comparing(History::last).reversed())
                .toList();
        Map<String, Build> builds = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        ExecutorService readers = Executors.newFixedThreadPool(store.atOnce(), History::daemon);
        try {
            int from = 0;
            while (from < names.size() && builds.size() < most) {
                boolean skim = builds.size() >= whole;
                int until = enough(names, from, (skim ? most : whole) - builds.size());
                for (Content content : together(names.subList(from, until), readers, name -> read(name, skim))) {
                    // A file of its own is newer than what was gathered.
                    content.builds().forEach(build -> keep(builds, build, content.isOne()));
                    broken.addAll(content.broken());
                }
                from = until;
            }
            gather(names, readers);
        } finally {
            readers.shutdownNow();
        }
        warnOf(broken);
        List<Build> sorted =
                builds.values().stream().sorted(Comparator.comparing(Build::id)).toList();
        return sorted.subList(Math.max(0, sorted.size() - most), sorted.size());
    }

    /** Where the files end of which as many builds can be expected. */
    private static int enough(List<String> names, int from, int builds) {
        int until = from;
        for (int expected = 0; until < names.size() && expected < builds; until++) {
            expected += ONE.matcher(names.get(until)).matches() ? 1 : GatherBuilds.TOGETHER;
        }
        return until;
    }

    /**
     * @param whole empty when it was skimmed
     * @param skimmed empty when all was read
     */
    private record Build(Optional<BuildRecord> whole, Optional<BuildSum> skimmed) {
        static Build of(BuildRecord whole) {
            return new Build(Optional.of(whole), Optional.empty());
        }

        static Build of(BuildSum skimmed) {
            return new Build(Optional.empty(), Optional.of(skimmed));
        }

        String id() {
            return whole.map(BuildRecord::id)
                    .orElseGet(() -> skimmed.orElseThrow().id());
        }

        BuildSum sum() {
            return skimmed.orElseGet(() -> BuildSum.of(whole.orElseThrow()));
        }
    }

    private static void keep(Map<String, Build> builds, Build build, boolean newer) {
        if (newer) {
            builds.put(build.id(), build);
        } else {
            builds.putIfAbsent(build.id(), build);
        }
    }

    /** The id of the last build in a file. */
    private static String last(String name) {
        Matcher many = MANY.matcher(name);
        return many.matches() ? many.group(1) : name;
    }

    /** What lies in a file, and what of it can't be read. */
    private record Content(boolean isOne, List<Build> builds, List<String> broken) {}

    /** Reading has gone well; what goes wrong here costs only time, now and the next time. */
    private void gather(List<String> names, ExecutorService readers) {
        try {
            new GatherBuilds(store, some -> together(some, readers, this::get)).run(names, clock.instant());
        } catch (Problem refused) {
            warning.accept(refused.text());
        }
    }

    private Optional<byte[]> get(String name) {
        try {
            return store.get(name);
        } catch (IOException unreadable) {
            throw unreadable(List.of(name));
        }
    }

    private static <T> List<T> together(List<String> names, ExecutorService readers, Function<String, T> read) {
        List<Callable<T>> reads =
                names.stream().<Callable<T>>map(name -> () -> read.apply(name)).toList();
        List<T> contents = new ArrayList<>();
        try {
            for (Future<T> content : readers.invokeAll(reads)) {
                contents.add(content.get());
            }
            return contents;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.ofMachine("The history of builds was not read.", List.of(), "run it again.", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private Content read(String name, boolean skim) {
        List<Build> builds = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        boolean one = ONE.matcher(name).matches();
        try {
            byte[] bytes = store.get(name).orElse(null);
            if (bytes == null) {
                return new Content(one, List.of(), List.of());
            }
            Optional<List<BuildSum>> sums = skim && !one ? sums(bytes) : Optional.empty();
            if (sums.isPresent()) {
                return new Content(one, sums.get().stream().map(Build::of).toList(), List.of());
            }
            for (byte[] line : one ? List.of(bytes) : GatherBuilds.lines(bytes)) {
                try {
                    builds.add(skim ? Build.of(BuildSum.of(SkimBuild.run(line))) : Build.of(whole(line)));
                } catch (IOException unreadable) {
                    broken.add(one ? name : PART_OF + name);
                }
            }
        } catch (IOException cutOff) {
            broken.add(name);
        }
        return new Content(one, builds, broken);
    }

    /** The records are the truth: sums that can't be read, such as those of a later version of this plugin, are made of them anew. */
    private static Optional<List<BuildSum>> sums(byte[] gathered) {
        try {
            return GatherBuilds.sums(gathered);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static BuildRecord whole(byte[] line) throws IOException {
        return RecordFile.parse(line, BuildRecord.class);
    }

    private void warnOf(List<String> broken) {
        List<String> names = broken.stream().distinct().sorted().toList();
        if (!names.isEmpty()) {
            warning.accept(unreadable(names).text());
        }
    }

    private Problem unreadable(List<String> names) {
        String more = names.size() > 5 ? " and " + (names.size() - 5) + " more" : "";
        return Problem.ofMachine(
                "The history of builds in '" + store.place() + "' has files that can't be read: "
                        + String.join(", ", names.subList(0, Math.min(5, names.size()))) + more
                        + "; they are left out.",
                List.of(),
                names.stream().anyMatch(name -> name.startsWith(PART_OF))
                        ? "leave what is a part where it is: the file has other builds, and a later version of this plugin may read"
                                + " all of it; any other file can be deleted, or this user needs the right to read it."
                        : "delete them, or give this user the right to read them.",
                null);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "ecs-history");
        thread.setDaemon(true);
        return thread;
    }
}
