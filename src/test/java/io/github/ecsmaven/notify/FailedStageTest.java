package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.report.Builds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stage a build fails in: each message shows exactly that one as failed, and those behind it as not run. */
class FailedStageTest {
    static List<String> stages() {
        return Builds.STAGES;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void messagesShowExactlyTheStageThatFailed(String stage) throws Exception {
        Notice notice = Notice.of(Event.FAILURE, Builds.failingIn(stage));
        int before = Builds.STAGES.indexOf(stage);
        int behind = Builds.STAGES.size() - before - 1;

        assertThat(notice.subject()).isEqualTo("[failed] Orders main #7: " + stage);
        assertThat(DrawText.run(notice).lines().filter(line -> line.startsWith("> ")))
                .singleElement()
                .asString()
                .startsWith("> " + stage + "  ");

        String html = DrawHtml.run(notice);
        assertThat(html).containsOnlyOnce("&#10007;").containsOnlyOnce(";font-weight:600\">" + stage + "<");
        assertThat(html.split("&#10003;", -1)).hasSize(before + 1);
        assertThat(html.split("&ndash;", -1)).hasSize(behind + 1);

        String slack = SlackMessage.of(notice);
        assertThat(slack).containsOnlyOnce(":x: *").contains(":x: *" + stage + " ");
        assertThat(slack.split(":white_check_mark:", -1)).hasSize(before + 1);
        assertThat(slack.split(":heavy_minus_sign:", -1)).hasSize(behind + 1);

        List<String> teams = new ObjectMapper().readTree(TeamsCard.of(notice)).findValuesAsText("title");
        assertThat(teams).filteredOn(title -> title.startsWith("✗ ")).containsExactly("✗ " + stage);
        assertThat(teams).filteredOn(title -> title.startsWith("– ")).hasSize(behind);
    }

    @Test
    void messagesTellTheRootCauseWhereverItsModuleStands() {
        Notice notice = Notice.of(Event.FAILURE, Builds.crashedBehindAnother());

        assertThat(notice.subject()).isEqualTo("[failed] Orders main #6: rollout");
        assertThat(NoticeFields.of(notice))
                .containsEntry("stage", "rollout")
                .containsEntry("error", "IllegalStateException");
        assertThat(List.of(DrawText.run(notice), DrawHtml.run(notice), SlackMessage.of(notice), TeamsCard.of(notice)))
                .allSatisfy(text -> assertThat(text).contains("IllegalStateException"));
    }
}
