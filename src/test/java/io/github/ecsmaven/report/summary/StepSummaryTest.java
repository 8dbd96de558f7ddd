package io.github.ecsmaven.report.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.Builds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepSummaryTest {
    private static final StepSummary SUMMARY = new StepSummary(SourceFiles.of(
            Map.of(
                    "GITHUB_WORKSPACE", "/builds/shop",
                    "GITHUB_SERVER_URL", "https://github.com",
                    "GITHUB_REPOSITORY", "example/shop",
                    "GITHUB_SHA", "0a1b"),
            Path.of("/builds/shop")));

    @Test
    void ofABuildIsATableOfItsStagesThenErrorsThenFacts() {
        String text = SUMMARY.of(Builds.sample(), 1_000_000).orElseThrow();

        assertThat(text)
                .startsWith("\n## ❌ Shop 1.4.0-SNAPSHOT &#35;214 failed\n")
                .contains("| Stage | Result | Time | Tests |\n|:--|:--|--:|:--|\n")
                .containsPattern(
                        "\\| integration tests \\| ❌ \\*\\*failed\\*\\* in shop-web \\| [0-9.]+ s \\| \\d+ run, 2 failed")
                .containsPattern("\\| rollout \\| not run \\|  \\|  \\|")
                .contains("### Integration tests failed in shop-web")
                .contains("/blob/0a1b/")
                .contains("- **Image** of ");
    }

    static List<String> stages() {
        return Builds.STAGES;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void ofABuildThatFailedShowsExactlyThatStage(String stage) {
        String text = SUMMARY.of(Builds.failingIn(stage), 1_000_000).orElseThrow();
        int before = Builds.STAGES.indexOf(stage);

        assertThat(text).containsOnlyOnce("❌ **failed**").contains("| " + stage + " | ❌ **failed** |");
        assertThat(text.split("✅ done", -1)).hasSize(before + 1);
        assertThat(text.split("\\| not run \\|", -1)).hasSize(Builds.STAGES.size() - before);
    }

    @Test
    void frontEndIsTold() {
        BuildRecord sample = Builds.sample();
        BuildRecord.Module web = new BuildRecord.Module(
                "web",
                sample.modules().get(0).stages(),
                Optional.empty(),
                List.of(),
                Optional.of(new BuildRecord.Upload(
                        "shop-web",
                        "shop/",
                        "20260301T101502Z-3f9c1a",
                        12,
                        3,
                        1,
                        Optional.of("http://127.0.0.1:4711/"))));

        assertThat(SUMMARY.of(sample.with("7", List.of(web)), 1_000_000).orElseThrow())
                .contains(
                        "- **Front end** s3://shop-web/shop/: 3 of 12 files sent, set <code>20260301T101502Z-3f9c1a</code>"
                                + " <a href=\"http://127.0.0.1:4711/\">http://127.0.0.1:4711/</a>");
    }

    @Test
    void signsOfMarkdownAndHtmlAreText() {
        String text = SUMMARY.of(
                        Builds.withStages(AnnotationsTest.failed(
                                "unit tests",
                                "There are test failures.",
                                new Failure(
                                        "shop.T.`x`|",
                                        "<script>*b* [l](u) | $m$ @x",
                                        Optional.of("src/a b.java"),
                                        Optional.of(3)))),
                        1_000_000)
                .orElseThrow();

        String test = text.lines()
                .filter(line -> line.startsWith("- **shop"))
                .findFirst()
                .orElseThrow();
        assertThat(test)
                .isEqualTo("- **shop.T.&#96;x&#96;&#124;** "
                        + "<a href=\"https://github.com/example/shop/blob/0a1b/src/a%20b.java&#35;L3\">src/a b.java:3</a><br>"
                        + "&#60;script&#62;&#42;b&#42; &#91;l&#93;&#40;u&#41; &#124; &#36;m&#36; &#64;x");
    }

    /** GitHub drops the whole summary of a step that is too long. */
    @Test
    void withLittleRoomOnlyTheTableIsTold() {
        BuildRecord build = Builds.sample();
        int whole = bytes(SUMMARY.of(build, 1_000_000).orElseThrow());
        assertThat(SUMMARY.of(build, whole)).isPresent();
        String less = SUMMARY.of(build, whole - 1).orElseThrow();
        assertThat(less).contains("| rollout |").doesNotContain("### Integration");
        assertThat(SUMMARY.of(build, 100)).isEmpty();
    }

    private static int bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
