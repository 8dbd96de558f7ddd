package io.github.ecsmaven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ecsmaven.report.Builds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubStepTest {
    @TempDir
    Path folder;

    @Test
    void summarizeAppendsToWhatOtherCallsWrote() throws Exception {
        Path summary = folder.resolve("summary.md");
        GitHubStep step = step(Map.of("GITHUB_STEP_SUMMARY", summary.toString()));
        Files.writeString(summary, "# Mine\n");

        step.summarize(Builds.sample());
        step.summarize(Builds.sample());

        assertThat(Files.readString(summary)).startsWith("# Mine\n\n## ").containsPattern("(?s)## ❌ Shop.*## ❌ Shop");
    }

    @Test
    void summarizeWhenTheStepHasNoRoomLeavesWhatIsThere() throws Exception {
        Path summary = Files.writeString(folder.resolve("summary.md"), "x".repeat(1_000_000));
        step(Map.of("GITHUB_STEP_SUMMARY", summary.toString())).summarize(Builds.sample());
        assertThat(Files.size(summary)).isEqualTo(1_000_000);
    }

    @Test
    void summarizeWhenTheFileCantBeWrittenNamesItAndTheSwitch() {
        Path nowhere = folder.resolve("none").resolve("summary.md");
        assertThatThrownBy(() ->
                        step(Map.of("GITHUB_STEP_SUMMARY", nowhere.toString())).summarize(Builds.sample()))
                .hasMessageContaining("GITHUB_STEP_SUMMARY=" + nowhere)
                .extracting("next")
                .asString()
                .contains("ecs.report.github=false");
    }

    @Test
    void annotateOnlyInGitHubActions() {
        assertThat(annotations(Map.of("GITHUB_ACTIONS", "true")))
                .startsWith("::error ")
                .endsWith("\n");
        assertThat(annotations(Map.of())).isEmpty();
    }

    private String annotations(Map<String, String> environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        step(environment).annotate(Builds.sample(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private GitHubStep step(Map<String, String> environment) {
        return new GitHubStep(environment, folder);
    }
}
