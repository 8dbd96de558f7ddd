package io.github.ecsmaven.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.StageSum;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A notice in blocks, as Slack's incoming webhooks take them. */
final class SlackMessage {
    /** Block Kit reference: of a header 150, of a section 3,000; some room is left for what is put around it. */
    private static final int MOST_HEADER = 150;

    private static final int MOST_SECTION = 2_800;

    /** {@code &amp;} and the like without its end, before the ellipsis. */
    private static final Pattern HALF_ESCAPE = Pattern.compile("&[a-z]{0,3}…$");

    private SlackMessage() {}

    static String of(Notice notice) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        // What a phone shows before the message is opened.
        message.put("text", escape(notice.subject()));
        ArrayNode blocks = message.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", CleanText.cut(mark(notice.event()) + " " + notice.subject(), MOST_HEADER));
        notice.commit()
                .ifPresent(commit -> section(
                        blocks,
                        notice.message().map(said -> "*" + escape(said) + "*\n").orElse("") + escape(commit)));
        notice.failed().ifPresent(failed -> failed(blocks, failed));
        section(blocks, notice.stages().stream().map(SlackMessage::stage).collect(Collectors.joining("   ")));
        String links = links(notice.links());
        if (!links.isEmpty()) {
            blocks.addObject()
                    .put("type", "context")
                    .putArray("elements")
                    .addObject()
                    .put("type", "mrkdwn")
                    .put("text", links);
        }
        return message.toString();
    }

    private static void failed(ArrayNode blocks, Notice.Failed failed) {
        StringBuilder text = new StringBuilder(
                "*" + escape(failed.stage()) + "*: " + escape(failed.error().what()));
        failed.tests().forEach(test -> text.append("\n• `")
                .append(escape(test.test()).replace("`", "'"))
                .append("` ")
                .append(escape(test.message())));
        if (failed.more() > 0) {
            text.append("\n• and ").append(failed.more()).append(" more");
        }
        section(blocks, text.toString());
        if (!failed.error().evidence().isEmpty()) {
            String lines = escape(String.join("\n", failed.error().evidence())).replace("```", "'''");
            section(blocks, "```" + cut(lines) + "```");
        }
        failed.error().next().ifPresent(next -> section(blocks, "*Next:* " + escape(next)));
    }

    private static void section(ArrayNode blocks, String text) {
        if (!text.isBlank()) {
            blocks.addObject()
                    .put("type", "section")
                    .putObject("text")
                    .put("type", "mrkdwn")
                    .put("text", text.startsWith("```") ? text : cut(text));
        }
    }

    private static String stage(StageSum row) {
        String text = escape(row.stage()) + " " + Notice.text(row);
        return switch (row.status()) {
            case DONE -> ":white_check_mark: " + text;
            case FAILED -> ":x: *" + text + "*";
            case INTERRUPTED -> ":black_square_for_stop: " + text;
            case SKIPPED, NOT_RUN -> ":heavy_minus_sign: " + text;
        };
    }

    /** As many as there is room for; half of one is none. */
    private static String links(List<Link> links) {
        StringBuilder text = new StringBuilder();
        for (Link link : links) {
            String more = (text.isEmpty() ? "" : "  |  ") + link(link);
            if (text.length() + more.length() <= MOST_SECTION) {
                text.append(more);
            }
        }
        return text.toString();
    }

    /** What is escaped already, and not within an escape. */
    private static String cut(String escaped) {
        return HALF_ESCAPE.matcher(CleanText.cut(escaped, MOST_SECTION)).replaceFirst("…");
    }

    private static String link(Link link) {
        return "<" + escape(link.url()).replace("|", "%7C") + "|" + escape(link.name()) + ">";
    }

    private static String mark(Event event) {
        return switch (event) {
            case FAILURE -> ":red_circle:";
            case ROLLBACK -> ":leftwards_arrow_with_hook:";
            case DEPLOYMENT -> ":rocket:";
            case FIXED, SUCCESS -> ":large_green_circle:";
        };
    }

    /** "Formatting text for app surfaces": the three signs that Slack reads. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
