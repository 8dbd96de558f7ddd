package io.github.ecsmaven.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Clock LATER = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void latestGivesTheLastOnesOldestFirst() {
        IntStream.range(0, 30).forEach(this::put);

        assertThat(history().latest(3)).extracting(BuildRecord::number).containsExactly("27", "28", "29");
        assertThat(history().latest(100)).hasSize(30);
        assertThat(History.nextNumber(history().latest(History.LATEST))).isEqualTo("30");
        assertThat(warnings).isEmpty();
    }

    @Test
    void putAgainTakesThePlaceOfTheSameBuild() {
        history().put(Builds.numbered(id(1), "1"));
        history().put(Builds.numbered(id(1), "2"));

        assertThat(history().latest(9)).extracting(BuildRecord::number).containsExactly("2");
    }

    @Test
    void corruptOnesAreLeftOutWithOneWarning() throws IOException {
        put(1);
        put(4);
        Files.writeString(folder.resolve(id(2) + ".json"), "{\"schema\":1,\"id\":\"2026");
        Files.writeString(folder.resolve(id(3) + ".json"), "");
        Files.writeString(folder.resolve(id(5) + ".json123.new"), "{");
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThat(history().latest(9)).extracting(BuildRecord::number).containsExactly("1", "4");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(id(2), id(3), "Next: ")
                .doesNotContain("notes");
    }

    /** A folder of its name is no file to anybody, root included. */
    @Test
    void oneThatCannotBeReadIsNamedAndHidesNoOther() throws IOException {
        put(1);
        Files.createDirectory(folder.resolve(id(2) + ".json"));

        assertThat(history().latest(9)).extracting(BuildRecord::number).containsExactly("1");
        assertThat(warnings).singleElement().asString().contains(id(2), "right to read");
    }

    @Test
    void oneThatCannotBeReadIsNamedWhereItKeepsOthersFromBeingGathered() throws IOException {
        IntStream.range(1, 602).forEach(this::put);
        Files.createDirectory(folder.resolve(id(0) + ".json"));

        assertThat(history().latest(1)).hasSize(1);
        assertThat(files()).hasSize(602);
        assertThat(warnings).singleElement().asString().contains(id(0), "right to read");
    }

    @Test
    void latestReadsOnUntilThereAreEnough() throws IOException {
        put(1);
        put(2);
        Files.writeString(folder.resolve(id(3) + ".json"), "{");

        assertThat(history().latest(2)).extracting(BuildRecord::number).containsExactly("1", "2");
    }

    @Test
    void buildsAtTheSameTimeLoseNothing() throws Exception {
        ExecutorService builds = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> puts = IntStream.range(0, 200)
                    .<Callable<Void>>mapToObj(number -> () -> {
                        put(number);
                        return null;
                    })
                    .toList();
            for (Future<Void> put : builds.invokeAll(puts)) {
                put.get();
            }
        } finally {
            builds.shutdown();
        }
        assertThat(history().latest(1_000)).hasSize(200);
    }

    @Test
    void manyOldOnesAreGatheredAndAllAreThereStill() throws IOException {
        IntStream.range(0, 601).forEach(this::put);

        history().latest(10);

        assertThat(files())
                .hasSize(102)
                .filteredOn(name -> name.endsWith(".gz"))
                .hasSize(1);
        assertThat(history().latest(2_000))
                .extracting(BuildRecord::number)
                .containsExactlyElementsOf(
                        IntStream.range(0, 601).mapToObj(String::valueOf).toList());
    }

    @Test
    void buildThatIsFoundTwiceIsOneAndItsOwnFileIsTheNewer() {
        IntStream.range(0, 601).forEach(this::put);
        history().latest(1);
        history().put(Builds.numbered(id(7), "seven"));

        assertThat(history().latest(2_000))
                .hasSize(601)
                .extracting(BuildRecord::number)
                .contains("seven");
    }

    @Test
    void pastTellsOfOlderBuildsWhatChartsNeed() throws IOException {
        IntStream.range(0, 603).forEach(this::put);
        Files.writeString(folder.resolve(id(500) + ".json"), "{\"schema\":1");
        history().latest(1);
        warnings.clear();

        History.Past past = history().past(3, 602);

        assertThat(past.newest()).extracting(BuildRecord::number).containsExactly("600", "601", "602");
        assertThat(past.sums())
                .extracting(BuildSum::number)
                .containsExactlyElementsOf(IntStream.range(0, 603)
                        .filter(number -> number != 500)
                        .mapToObj(String::valueOf)
                        .toList());
        assertThat(past.sums())
                .allSatisfy(sum -> assertThat(sum).isEqualTo(BuildSum.of(Builds.numbered(sum.id(), sum.number()))));
        assertThat(warnings).singleElement().asString().contains(id(500));
    }

    /** Its line can't be summed, so that the file is read to its end, and the broken one is told of. */
    @Test
    void gatheredFileWithABrokenRecordKeepsTheOthers() throws IOException {
        IntStream.range(0, 601).forEach(this::put);
        Files.writeString(folder.resolve(id(300) + ".json"), "{\"schema\":1");
        history().latest(1);

        assertThat(history().past(3, 1_000).sums()).hasSize(600);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "has files that can't be read: a part of builds-" + id(0),
                        "Next: leave what is a part where it is");
    }

    /** As a later version may write it: the records behind it are the truth. */
    @Test
    void gatheredFileWhoseSumsCannotBeReadIsSummedAnew() throws IOException {
        IntStream.range(0, 601).forEach(this::put);
        history().latest(1);
        Path gathered;
        try (Stream<Path> files = Files.list(folder)) {
            gathered = files.filter(file -> file.toString().endsWith(".gz"))
                    .findFirst()
                    .orElseThrow();
        }
        String text;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gathered))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(text).startsWith("{\"sums\":[[");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gathered))) {
            out.write(text.replaceFirst("SUCCESS", "PARTLY").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(history().past(3, 1_000).sums()).hasSize(601);
        assertThat(warnings).isEmpty();
    }

    /** As two builds that gather at the same time meet: one has deleted what the other still wants to read. */
    @Test
    void whoFindsThatAnotherGathersLeavesItToHim() throws IOException {
        IntStream.range(0, 601).forEach(this::put);
        HistoryStore slow = new FolderHistory(folder);
        List<String> seen = slow.names();
        history().latest(1);

        new GatherBuilds(
                        slow,
                        names -> names.stream().map(name -> got(slow, name)).toList())
                .run(seen, LATER.instant());

        assertThat(history().latest(2_000)).hasSize(601);
    }

    @Test
    void folderThatCannotBeMadeIsAProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        History history = new History(new FolderHistory(file.resolve("history")), LATER, warnings::add);

        assertThatThrownBy(() -> history.put(Builds.sample()))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(file.resolve("history").toString())
                .extracting(thrown -> ((Problem) thrown).text())
                .asString()
                .contains("ecs.history");
    }

    @Test
    void historyThatIsNotThereYetIsEmpty() {
        History history = new History(new FolderHistory(folder.resolve("none")), LATER, warnings::add);

        assertThat(history.latest(9)).isEmpty();
        assertThat(History.nextNumber(history.latest(History.LATEST))).isEqualTo("1");
    }

    private static Optional<byte[]> got(HistoryStore store, String name) {
        try {
            return store.get(name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private History history() {
        return new History(new FolderHistory(folder), LATER, warnings::add);
    }

    private void put(int number) {
        new FolderHistory(folder)
                .put(id(number) + ".json", RecordFile.line(Builds.numbered(id(number), String.valueOf(number))));
    }

    private static String id(int number) {
        return "20261126T%02d%02d%02dZ-3f9c2a".formatted(number / 3600, number / 60 % 60, number % 60);
    }

    private List<String> files() {
        return new FolderHistory(folder).names();
    }
}
