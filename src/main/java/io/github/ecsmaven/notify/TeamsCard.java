package io.github.ecsmaven.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.StageSum;
import java.nio.charset.StandardCharsets;

/** A notice as an Adaptive Card, as a webhook of Microsoft Teams' Workflows takes it. */
final class TeamsCard {
    /** Teams takes messages of 28 KB, in UTF-8 and with JSON's escapes; some room is left for what Workflows puts around it. */
    static final int MOST_BYTES = 27_000;

    private static final int MOST_EVIDENCE = 6_000;
    private static final int MOST_TEXT = 1_000;
    private static final int LEAST_TEXT = 60;

    /** Signs of the log's lines, and of any other text. */
    private final int evidence;

    private final int most;

    private TeamsCard(int evidence, int most) {
        this.evidence = evidence;
        this.most = most;
    }

    /** The lines of a log are what grows, so they are cut first. */
    static String of(Notice notice) {
        int evidence = MOST_EVIDENCE;
        int most = MOST_TEXT;
        String card = new TeamsCard(evidence, most).draw(notice);
        while (card.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES && most > LEAST_TEXT) {
            if (evidence > most) {
                evidence /= 2;
            } else {
                most /= 2;
            }
            card = new TeamsCard(evidence, most).draw(notice);
        }
        return card;
    }

    private String draw(Notice notice) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
        ObjectNode card = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        // What is read aloud, and shown where the card can't be.
        card.put("fallbackText", notice.subject());
        ArrayNode body = card.putArray("body");
        text(body, notice.subject())
                .put("size", "Large")
                .put("weight", "Bolder")
                .put("color", colour(notice.event()));
        notice.message().ifPresent(said -> text(body, said));
        notice.commit()
                .ifPresent(commit -> text(body, commit).put("isSubtle", true).put("spacing", "None"));
        notice.failed().ifPresent(failed -> failed(body, failed));
        ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
        notice.stages().forEach(row -> facts.addObject()
                .put("title", mark(row) + " " + row.stage())
                .put("value", Notice.text(row)));
        if (!notice.links().isEmpty()) {
            ArrayNode actions = card.putArray("actions");
            // Teams shows six.
            notice.links().stream().limit(6).forEach(link -> actions.addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", link.name())
                    .put("url", link.url()));
        }
        return message.toString();
    }

    private void failed(ArrayNode body, Notice.Failed failed) {
        text(body, failed.stage() + ": " + failed.error().what()).put("weight", "Bolder");
        failed.tests()
                .forEach(test -> text(body, test.test() + ": " + test.message()).put("color", "Attention"));
        if (failed.more() > 0) {
            text(body, "and " + failed.more() + " more").put("isSubtle", true);
        }
        if (!failed.error().evidence().isEmpty()) {
            String lines = CleanText.cut(String.join("\n", failed.error().evidence()), evidence);
            ObjectNode box = body.addObject().put("type", "Container").put("style", "emphasis");
            // A text block reads Markdown, and joins lines; a rich one shows what it is given.
            ObjectNode run = box.putArray("items")
                    .addObject()
                    .put("type", "RichTextBlock")
                    .putArray("inlines")
                    .addObject()
                    .put("type", "TextRun");
            run.put("fontType", "Monospace").put("size", "Small").put("text", lines);
        }
        failed.error().next().ifPresent(next -> text(body, "Next: " + next));
    }

    private ObjectNode text(ArrayNode body, String text) {
        return body.addObject()
                .put("type", "TextBlock")
                .put("wrap", true)
                .put("text", escape(CleanText.cut(Notice.line(text), most)));
    }

    private static String mark(StageSum row) {
        return switch (row.status()) {
            case DONE -> "✓";
            case FAILED -> "✗";
            case INTERRUPTED -> "■";
            case SKIPPED, NOT_RUN -> "–";
        };
    }

    private static String colour(Event event) {
        return switch (event) {
            case FAILURE -> "Attention";
            case ROLLBACK -> "Warning";
            case DEPLOYMENT -> "Accent";
            case FIXED, SUCCESS -> "Good";
        };
    }

    /** The signs of Markdown that a text block reads. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\*_\\[\\]])", "\\\\$1");
    }
}
