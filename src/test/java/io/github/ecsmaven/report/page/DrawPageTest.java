package io.github.ecsmaven.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Person;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.CleanText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawPageTest {
    private static final DrawPage PAGE = new DrawPage(ZoneId.of("Europe/Berlin"), 100);
    private static final int LIMIT = 300_000;

    static List<String> stages() {
        return SampleBuilds.STAGES;
    }

    /** Exactly that stage is shown as failed, with its error; those before are done, those behind not run. */
    @ParameterizedTest
    @MethodSource("stages")
    void buildWhenItFailedShowsExactlyThatStage(String stage) {
        String page = PAGE.run(List.of(SampleBuilds.failingIn(stage)));
        String row = page.substring(page.indexOf("<tr class=\"b\">"), page.indexOf("<tr class=\"more"));
        int before = SampleBuilds.STAGES.indexOf(stage);

        assertThat(row.split("<td class=\"d\">", -1)).hasSize(before + 1);
        assertThat(row.split("not run", -1)).hasSize(SampleBuilds.STAGES.size() - before);
        assertThat(row).containsOnlyOnce("<td class=\"f\">").contains(stage + " failed after");
        assertThat(page).contains("<h3>" + CleanText.capital(stage) + " failed after");
    }

    /** What a build leaves out on purpose neither counts as not run nor weighs on the average. */
    @Test
    void buildsOfOneDayNameItOnce() {
        assertThat(new DrawPage(ZoneOffset.UTC, 100).run(SampleBuilds.of(2)))
                .contains("2 builds, 26 Nov 2026, times in");
    }

    @Test
    void stageWhenSkippedIsShownAsSuchAndIsInNoAverage() {
        BuildRecord whole = SampleBuilds.of(1).get(0);
        BuildRecord quick = skipping("unit tests", whole);
        String page = PAGE.run(List.of(quick));
        String row = page.substring(page.indexOf("<tr class=\"b\">"), page.indexOf("<tr class=\"more"));

        assertThat(row).containsOnlyOnce("<td class=\"n\">skipped</td>").doesNotContain("not run");
        assertThat(averages(PAGE.run(List.of(quick, whole)))).isEqualTo(averages(PAGE.run(List.of(whole))));
    }

    private static String averages(String page) {
        int start = page.indexOf(">Average<");
        return page.substring(start, page.indexOf("</tr>", start));
    }

    private static BuildRecord skipping(String stage, BuildRecord build) {
        Module module = build.modules().get(0);
        List<Stage> stages = module.stages().stream()
                .map(other -> other.stage().equals(stage)
                        ? new Stage(stage, Status.SKIPPED, Optional.empty(), 0, Optional.empty(), Optional.empty())
                        : other)
                .toList();
        return build.with(build.number(), List.of(module.withStages(stages)));
    }

    @Test
    void pageWhenDrawnIsNewestFirstWithAverages() {
        List<BuildRecord> builds = new ArrayList<>(SampleBuilds.of(30));
        Collections.shuffle(builds, new java.util.Random(1));
        String page = PAGE.run(builds);

        assertThat(page)
                .contains("30 builds, 21 Nov 2026 to 26 Nov 2026, times in Europe/Berlin", "DB_URL is not set")
                .contains("Success rate 68%, of 28 builds", "<b>17 a week</b>", ">Average<")
                .contains("<span class=\"v\">other goals failed after</span>", ">Rollback<")
                .containsPattern("aria-label=\"Lead time \\d[^\"]*, median, commit to running service\"")
                .containsPattern("aria-label=\"Time to recover \\d[^\"]*\"");
        assertThat(SampleBuilds.STAGES).allSatisfy(stage -> assertThat(page)
                .as("its durations over the builds")
                .containsPattern("aria-label=\"" + CleanText.capital(stage) + " \\d[^\"]*\""));
        assertThat(page.indexOf("#214 ")).isLessThan(page.indexOf("<span class=\"no\">#213<"));
        assertThat(page.indexOf("#213<")).isLessThan(page.indexOf("<span class=\"no\">#185<"));
    }

    @Test
    void pageWhenNothingIsRecordedSaysSo() {
        assertThat(PAGE.run(List.of())).contains("No build is recorded yet.");
    }

    @Test
    void pageWhenRecordsHoldMarkupShowsItAsText() {
        String evil = "</title></style><script>alert(1)</script>{{body}}\"'\u001b[31m/*names*/";
        String page = PAGE.run(List.of(hostile(0, evil, "javascript:alert(1)", 1)));

        assertThat(page)
                .doesNotContain("<script>alert", "\u001b", "href=\"javascript", "</style><script>alert")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(page.split("<script>", -1)).hasSize(3);
        assertThat(page.split("</style>", -1)).hasSize(2);
        assertThat(page.split("<main>", -1)).hasSize(2);
    }

    @Test
    void pageWhenEachBuildFailedWithLongLogsStaysSmall() {
        String page = PAGE.run(IntStream.range(0, 100)
                .mapToObj(i -> hostile(i, "<é漢字😀&".repeat(80), "https://ci.example.com/" + "x".repeat(200), 12))
                .toList());
        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(LIMIT);
        assertThat(page.split("<pre", -1)).as("the newest has its log").hasSizeGreaterThan(1);
    }

    @Test
    void pageWhenTheHistoryIsLongShowsTheNewest() {
        String page = PAGE.run(SampleBuilds.of(10_000));
        assertThat(page).contains("the last 100 of 10,000 builds", "#185 to #284");
        assertThat(page.split("<tr class=\"b\">", -1)).hasSize(101);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(LIMIT);
    }

    /** A build that failed in all of its modules, with that text wherever a text can be. */
    private static BuildRecord hostile(int i, String text, String url, int modules) {
        Failure failure = new Failure(text, text, Optional.of(text), Optional.of(1));
        Stage failed = new Stage(
                "unit tests",
                Status.FAILED,
                Optional.of(text),
                12,
                Optional.of(new StageError(text, Collections.nCopies(200, text), Optional.of(text))),
                Optional.of(new Tests(50, 50, 0, 0, Collections.nCopies(50, failure))));
        Stage odd = new Stage(text, Status.NOT_RUN, Optional.empty(), 0, Optional.empty(), Optional.empty());
        Service service = new Service(text, text, text, "FAILED", 1, Optional.of(url), List.of(new Link(text, url)));
        BuildRecord sample = SampleBuilds.failingIn("unit tests");
        return new BuildRecord(
                BuildRecord.SCHEMA,
                text,
                text,
                text,
                text,
                text,
                sample.outcome(),
                sample.started(),
                i % 2 == 0 ? sample.ended() : text,
                12,
                Optional.of(new Source(
                        Optional.of(text),
                        Optional.of(text),
                        Optional.of(new Person(text, Optional.of(text))),
                        Optional.of(text),
                        Optional.of(text))),
                new BuildRecord.Trigger(
                        Optional.of(text), Optional.of(text), Optional.of(url), Optional.of(text), Optional.of(text)),
                Collections.nCopies(
                        modules,
                        new Module(
                                text,
                                List.of(failed, odd),
                                Optional.of(new BuildRecord.Image(
                                        Optional.of(text), Optional.of(text), text, List.of(text))),
                                List.of(service))));
    }
}
