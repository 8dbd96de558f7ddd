package io.github.ecsmaven.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.upload.SiteState.Earlier;
import io.github.ecsmaven.upload.SiteState.Retired;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files are written {@code name=content}; an etag is the content with a letter before it. */
class UploadPlanTest {
    private static final UploadPlan.Rules LATER = new UploadPlan.Rules(2, Deletion.LATER);

    static Stream<Arguments> cases() {
        return Stream.of(
                row("the first upload", "", "", "", "index.html=1 app.js=1", LATER, "put app.js index.html"),
                row(
                        "the same again changes nothing, and lets what is retired stay",
                        "index.html=1 app.js=1",
                        "old.js=0",
                        "index.html=1 app.js=1 old.js=0",
                        "index.html=1 app.js=1",
                        LATER,
                        "retire old.js"),
                row(
                        "a changed page: the old one is copied first",
                        "index.html=1 app.js=1",
                        "",
                        "index.html=1 app.js=1",
                        "index.html=2 app.js=1",
                        LATER,
                        "copy index.html, put index.html"),
                row(
                        "a hashed asset that is gone stays for one upload",
                        "index.html=1 a1.js=1",
                        "",
                        "index.html=1 a1.js=1",
                        "index.html=2 a2.js=2",
                        LATER,
                        "copy index.html, put a2.js index.html, retire a1.js"),
                row(
                        "and goes with the next; the set that has it can be returned to",
                        "index.html=2 a2.js=2",
                        "a1.js=1",
                        "index.html=2 a2.js=2 a1.js=1",
                        "index.html=3 a3.js=3",
                        LATER,
                        "copy a1.js index.html, put a3.js index.html, delete a1.js, retire a2.js"),
                row(
                        "a page that is gone goes at once",
                        "index.html=1 b.html=1",
                        "",
                        "index.html=1 b.html=1",
                        "index.html=1",
                        LATER,
                        "copy b.html, delete b.html"),
                row(
                        "now: assets too",
                        "index.html=1 a1.js=1",
                        "a0.js=0",
                        "index.html=1 a1.js=1 a0.js=0",
                        "index.html=1",
                        new UploadPlan.Rules(2, Deletion.NOW),
                        "copy a0.js a1.js, delete a0.js a1.js"),
                row(
                        "never: pages neither",
                        "index.html=1 b.html=1",
                        "",
                        "index.html=1 b.html=1",
                        "index.html=1",
                        new UploadPlan.Rules(2, Deletion.NEVER),
                        "retire b.html"),
                row(
                        "without a way back nothing is copied",
                        "index.html=1 a1.js=1",
                        "",
                        "index.html=1 a1.js=1",
                        "index.html=2",
                        new UploadPlan.Rules(0, Deletion.NOW),
                        "put index.html, delete a1.js"),
                row(
                        "what somebody else has changed is put right, and told",
                        "index.html=1 app.js=1",
                        "",
                        "index.html=1 app.js=hacked",
                        "index.html=1 app.js=1",
                        LATER,
                        "put app.js, foreign app.js"),
                row(
                        "what somebody else has deleted comes again",
                        "index.html=1 app.js=1",
                        "",
                        "index.html=1",
                        "index.html=1 app.js=1",
                        LATER,
                        "put app.js, foreign app.js"),
                row(
                        "files that were never ours stay, whatever is gone",
                        "index.html=1 a.js=1",
                        "",
                        "index.html=1 a.js=theirs other.txt=9",
                        "index.html=1",
                        new UploadPlan.Rules(2, Deletion.NOW),
                        "foreign a.js"),
                row(
                        "a retired file that is wanted again is there",
                        "index.html=2",
                        "a1.js=1",
                        "index.html=2 a1.js=1",
                        "index.html=1 a1.js=1",
                        LATER,
                        "copy index.html, put index.html"));
    }

    private static Arguments row(
            String label,
            String files,
            String retired,
            String bucket,
            String wanted,
            UploadPlan.Rules rules,
            String expected) {
        return Arguments.of(label, files, retired, bucket, wanted, rules, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void planPutsInOrderAndDeletesLast(
            String label,
            String files,
            String retired,
            String bucket,
            String wanted,
            UploadPlan.Rules rules,
            String expected) {
        Map<String, StoredFile> current = stored(files);
        Map<String, Retired> gone = stored(retired).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> new Retired(file.getValue(), "s1")));
        SiteState state = files.isEmpty()
                ? SiteState.nothing()
                : new SiteState(
                        1,
                        "s2",
                        "",
                        Optional.empty(),
                        current,
                        gone,
                        List.of(new Earlier("s1", "", "s1", 1)),
                        Map.of());
        Map<String, String> etags = new TreeMap<>();
        pairs(bucket).forEach((key, content) -> etags.put(key, "e" + content));

        UploadPlan plan = UploadPlan.of(wanted(wanted), state, new Listing(etags, Set.of(), Set.of()), Map.of(), rules);

        assertThat(inWords(plan)).isEqualTo(expected);
    }

    private static String inWords(UploadPlan plan) {
        List<String> words = new ArrayList<>();
        add(words, "copy", plan.copies().stream().map(UploadPlan.Copy::key).sorted());
        add(
                words,
                "put",
                Stream.of(Wave.values())
                        .flatMap(wave -> plan.puts(wave).stream())
                        .map(put -> put.wanted().key()));
        add(words, "delete", plan.deletes().stream().sorted());
        add(words, "retire", plan.retired().keySet().stream().sorted());
        add(words, "foreign", plan.foreign().stream());
        return String.join(", ", words);
    }

    private static void add(List<String> words, String verb, Stream<String> keys) {
        String all = keys.collect(Collectors.joining(" "));
        if (!all.isEmpty()) {
            words.add(verb + " " + all);
        }
    }

    private static Map<String, String> pairs(String text) {
        return Stream.of(text.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static Map<String, StoredFile> stored(String text) {
        return pairs(text).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> new StoredFile(
                                file.getValue(),
                                1,
                                "e" + file.getValue(),
                                FileRulesTest.PLAIN.headersOf(file.getKey(), Optional.empty()),
                                FileRulesTest.PLAIN.waveOf(file.getKey()))));
    }

    private static List<Wanted> wanted(String text) {
        return stored(text).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(file -> Wanted.of(file.getKey(), file.getValue()))
                .toList();
    }
}
