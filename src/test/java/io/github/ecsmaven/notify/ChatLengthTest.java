package io.github.ecsmaven.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.Builds;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As much as the chats take, whatever it is made of. */
class ChatLengthTest {
    /** Of a message to Teams. */
    private static final int TEAMS = 28 << 10;

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "語", "😀", "\"", "\\", "&", "\u0001"})
    void teamsCardFitsAndHasAllItsParts(String sign) throws Exception {
        String card = TeamsCard.of(failed(sign.repeat(400 / sign.length())));

        assertThat(card.getBytes(StandardCharsets.UTF_8).length).isBetween(3_000, TEAMS);
        JsonNode content = new ObjectMapper().readTree(card).at("/attachments/0/content");
        assertThat(content.findValuesAsText("title")).contains("✗ rollout", "Service of s1");
        assertThat(content.findValuesAsText("type")).contains("RichTextBlock", "FactSet", "Action.OpenUrl");
        assertThat(content.toString()).contains("Next:");
    }

    @Test
    void slackMessageIsNotCutWithinAnEscapeOrALink() throws Exception {
        for (int shift = 0; shift < 6; shift++) {
            String message = SlackMessage.of(failed("x".repeat(shift) + "&<>".repeat(130)));

            List<String> texts = StreamSupport.stream(
                            new ObjectMapper().readTree(message).get("blocks").spliterator(), false)
                    .map(block -> block.at(block.has("elements") ? "/elements/0/text" : "/text/text")
                            .asText())
                    .filter(text -> !text.startsWith(":red_circle:"))
                    .toList();
            assertThat(texts).anyMatch(text -> text.endsWith("…```")).allSatisfy(text -> assertThat(text)
                    .doesNotContainPattern("&(?!amp;|lt;|gt;)")
                    .hasSizeLessThanOrEqualTo(3_000));
            assertThat(texts)
                    .filteredOn(text -> text.startsWith("<http"))
                    .singleElement()
                    .satisfies(links -> assertThat(links.split("  [|]  "))
                            .hasSizeGreaterThan(5)
                            .allMatch(link -> link.matches("<https://[^<>]+[|][^<>]+>")));
        }
    }

    private static Notice failed(String line) {
        Tests tests = new Tests(
                9, 9, 0, 0, Collections.nCopies(9, new Failure(line, line, Optional.of("A.java"), Optional.of(1))));
        Stage stage = new Stage(
                "rollout",
                Status.FAILED,
                Optional.empty(),
                1,
                Optional.of(new StageError(line, Collections.nCopies(60, line), Optional.of(line))),
                Optional.of(tests));
        List<Service> services = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> new Service(
                        "uat",
                        "s" + number,
                        "ecs-svc/1",
                        "FAILED",
                        1,
                        Optional.of("https://s" + number + ".example.com/" + "a".repeat(200)),
                        List.of(new Link("console", "https://console.example.com/" + number))))
                .toList();
        return Notice.of(
                Event.FAILURE,
                Samples.with(
                        Builds.sample(),
                        Outcome.FAILED,
                        List.of(new Module("orders", List.of(stage), Optional.empty(), services))));
    }
}
