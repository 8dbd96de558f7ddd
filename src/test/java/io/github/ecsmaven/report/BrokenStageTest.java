package io.github.ecsmaven.report;

import static io.github.ecsmaven.report.Builds.broken;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.page.DrawPage;
import io.github.ecsmaven.report.summary.Annotations;
import io.github.ecsmaven.report.summary.SourceFiles;
import io.github.ecsmaven.report.summary.StepSummary;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenStageTest {
    private static final BuildRecord BUILD = Builds.crashedBehindAnother();

    @Test
    void byCauseIsWhatBrokeFirst() {
        Stage early = broken("rollout", Status.FAILED, "2026-11-26T14:53:30.900Z", "early");
        Stage late = broken("upload", Status.FAILED, "2026-11-26T14:53:31Z", "late");
        Stage cut = broken("image", Status.INTERRUPTED, "2026-11-26T14:53:00Z", "cut");
        Stage never = broken("compile", Status.FAILED, null, "no time");

        assertThat(Stream.of(cut, never, late, early).sorted(BrokenStage.BY_CAUSE))
                .containsExactly(early, late, never, cut);
    }

    @Test
    void ofABuildIsWithoutWhatDidNotRun() {
        assertThat(BrokenStage.of(BUILD))
                .extracting(broken -> broken.module() + " " + broken.stage().stage())
                .containsExactly("farewell rollout", "web other goals");
    }

    @Test
    void pageSummaryAndAnnotationsTellTheRootCauseFirst() {
        SourceFiles none = SourceFiles.of(Map.of(), Path.of("/builds/shop"));

        assertThat(new DrawPage(ZoneOffset.UTC, 1).run(List.of(BUILD)))
                .containsSubsequence("Rollout failed", "in farewell", "IllegalStateException", "A rule.");
        assertThat(new StepSummary(none).of(BUILD, 100_000).orElseThrow())
                .containsSubsequence(
                        "### Rollout failed in farewell", "llegalStateException", "### Other goals failed in web")
                .contains("| upload | not run |");
        assertThat(new Annotations(none).of(BUILD))
                .containsExactly(
                        "::error title=rollout failed in farewell::IllegalStateException",
                        "::error title=other goals failed in web::A rule.");
    }
}
