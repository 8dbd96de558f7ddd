package io.github.ecsmaven.notify;

import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.StageSum;
import java.util.Locale;
import java.util.Map;

/**
 * A notice as the HTML of a mail: one column that a phone shows whole, tables and styles in the elements, as mail programs want
 * them. The one style sheet turns the colours for those that show mail in the dark; those that don't read it keep the light ones.
 */
final class DrawHtml {
    private static final String SANS = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    private static final String MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;";

    private static final Map<Event, String> ACCENT = Map.of(
            Event.FAILURE, "#c0312a",
            Event.ROLLBACK, "#b54708",
            Event.FIXED, "#14794f",
            Event.SUCCESS, "#14794f",
            Event.DEPLOYMENT, "#2456d6");

    private static final String DARK = """
            :root{color-scheme:light dark;supported-color-schemes:light dark}
            @media (prefers-color-scheme:dark){
            .page{background:#12161d!important}.card{background:#1a2029!important;border-color:#2b3440!important}
            .text{color:#e6eaf1!important}.soft{color:#9aa6b7!important}.line{border-color:#2b3440!important}
            .ok{color:#79d6ae!important}.bad{color:#ff9a92!important}.badrow{background:#3a2023!important}
            .code{background:#12161d!important;border-color:#2b3440!important;color:#e6eaf1!important}
            .link{color:#8ab0ff!important}.button{background:#3b6be0!important}
            }
            """;

    private DrawHtml() {}

    static String run(Notice notice) {
        StringBuilder html = new StringBuilder(8_000);
        html.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">")
                .append("<meta name=\"supported-color-schemes\" content=\"light dark\"><title>")
                .append(escape(notice.subject()))
                .append("</title><style>")
                .append(DARK)
                .append("</style></head><body class=\"page\" style=\"margin:0;padding:0;background:#f3f5f8\">")
                // What a list of mails shows beside the subject.
                .append("<div style=\"display:none;max-height:0;overflow:hidden\">")
                .append(escape(preview(notice)))
                .append("</div>")
                .append(table("width:100%", "page"))
                .append("<tr><td class=\"page\" align=\"center\" style=\"padding:20px 10px;background:#f3f5f8\">")
                .append(table(
                        "width:100%;max-width:600px;background:#fff;border:1px solid #e3e6ec;border-radius:12px;"
                                + "border-collapse:separate;overflow:hidden",
                        "card"));
        head(notice, html);
        notice.failed().ifPresent(failed -> failed(failed, html));
        stages(notice, html);
        links(notice, html);
        return html.append("</table>")
                .append("<p class=\"soft\" style=\"margin:14px 0 0;color:#5a6575;font-size:12px;line-height:18px;")
                .append(SANS)
                .append("\">")
                .append(escape("Build " + notice.build().id() + " of "
                        + notice.build().project() + " " + notice.build().version()))
                .append("</p></td></tr></table></body></html>\n")
                .toString();
    }

    private static String preview(Notice notice) {
        return notice.failed()
                .map(failed -> failed.tests().isEmpty()
                        ? failed.error().what()
                        : failed.tests().get(0).test() + ": "
                                + failed.tests().get(0).message())
                .or(notice::message)
                .orElse("");
    }

    private static void head(Notice notice, StringBuilder html) {
        String accent = ACCENT.get(notice.event());
        html.append("<tr><td style=\"height:6px;line-height:6px;font-size:0;background:")
                .append(accent)
                .append("\">&nbsp;</td></tr>")
                .append(cell("padding:22px 24px 0"))
                .append(
                        "<span style=\"display:inline-block;padding:3px 11px;border-radius:99px;color:#fff;font-size:13px;")
                .append("line-height:19px;font-weight:600;background:")
                .append(accent)
                .append("\">")
                .append(escape(notice.event().word()))
                .append("</span>")
                .append(
                        "<h1 class=\"text\" style=\"margin:12px 0 0;font-size:22px;line-height:29px;font-weight:650;color:#1b2330\">")
                .append(escape(notice.name()))
                .append("</h1>");
        notice.about().ifPresent(about -> html.append("<p class=\"")
                .append(notice.failed().isPresent() ? "bad" : "text")
                .append("\" style=\"margin:2px 0 0;font-size:16px;line-height:24px;font-weight:600;color:")
                .append(notice.failed().isPresent() ? "#b3261e" : "#1b2330")
                .append("\">")
                .append(escape(about))
                .append("</p>"));
        html.append("<p class=\"soft\" style=\"margin:8px 0 0;font-size:14px;line-height:21px;color:#5a6575\">");
        notice.message().ifPresent(said -> html.append("<span class=\"text\" style=\"color:#1b2330\">")
                .append(escape(said))
                .append("</span><br>"));
        notice.commit().ifPresent(commit -> html.append(escape(commit)).append(" &middot; "));
        html.append(escape(Notice.time(notice.build().seconds()) + " in all")).append("</p></td></tr>");
    }

    private static void failed(Notice.Failed failed, StringBuilder html) {
        html.append(cell("padding:18px 24px 0"))
                .append("<p class=\"text\" style=\"margin:0;font-size:15px;line-height:23px;color:#1b2330\">")
                .append(escape(failed.error().what()))
                .append("</p>");
        failed.tests().forEach(test -> test(test, html));
        if (failed.more() > 0) {
            html.append("<p class=\"soft\" style=\"margin:8px 0 0;font-size:14px;color:#5a6575\">and ")
                    .append(failed.more())
                    .append(" more</p>");
        }
        if (!failed.error().evidence().isEmpty()) {
            html.append(
                            "<div class=\"code\" style=\"margin:12px 0 0;padding:11px 13px;border:1px solid #e3e6ec;border-radius:8px;")
                    .append("background:#f7f8fa;color:#1b2330;font-size:12.5px;line-height:19px;white-space:pre-wrap;")
                    .append(MONO)
                    .append("\">")
                    .append(escape(String.join("\n", failed.error().evidence())))
                    .append("</div>");
        }
        failed.error().next().ifPresent(next -> html.append(
                        "<p class=\"text\" style=\"margin:12px 0 0;font-size:15px;line-height:23px;color:#1b2330\"><b>Next:</b> ")
                .append(escape(next))
                .append("</p>"));
        html.append("</td></tr>");
    }

    private static void test(Failure test, StringBuilder html) {
        String place = test.place().orElse("");
        html.append("<div class=\"line\" style=\"margin:12px 0 0;padding:0 0 0 12px;border-left:3px solid #c0312a\">")
                .append("<div class=\"text\" style=\"font-size:14px;line-height:21px;font-weight:600;color:#1b2330\">")
                .append(escape(shortName(test.test())))
                .append("</div><div class=\"bad\" style=\"font-size:14px;line-height:21px;color:#b3261e\">")
                .append(escape(test.message()))
                .append("</div>");
        if (!place.isEmpty()) {
            html.append("<div class=\"soft\" style=\"font-size:12px;line-height:18px;color:#5a6575;")
                    .append(MONO)
                    .append("\">")
                    .append(escape(place).replace("/", "/<wbr>"))
                    .append("</div>");
        }
        html.append("</div>");
    }

    /** {@code CheckoutIT.totalIsShown}: the package is in the file's name below it. */
    private static String shortName(String test) {
        return test.replaceFirst("^(?:[a-z_][\\w$]*\\.)+(?=[A-Z])", "");
    }

    private static void stages(Notice notice, StringBuilder html) {
        html.append(cell("padding:20px 16px 0"))
                .append(table("width:100%;border-collapse:separate", ""))
                .append("<tbody>");
        notice.stages().forEach(row -> stage(row, html));
        html.append("</tbody></table></td></tr>");
    }

    private static void stage(StageSum row, StringBuilder html) {
        boolean failed = row.status() == Status.FAILED;
        String left = failed ? ";background:#fdeceb;border-radius:8px 0 0 8px" : "";
        String right =
                failed ? ";padding-right:8px;background:#fdeceb;border-radius:0 8px 8px 0" : ";padding-right:8px";
        String mark =
                switch (row.status()) {
                    case DONE -> "<span class=\"ok\" style=\"color:#14794f\">&#10003;</span>";
                    case FAILED -> "<b class=\"bad\" style=\"color:#b3261e\">&#10007;</b>";
                    case INTERRUPTED -> "<span class=\"bad\" style=\"color:#7d5200\">&#9632;</span>";
                    case SKIPPED, NOT_RUN -> "<span class=\"soft\" style=\"color:#5a6575\">&ndash;</span>";
                };
        boolean quiet = row.status() == Status.NOT_RUN || row.status() == Status.SKIPPED;
        String colour = failed ? "#b3261e" : quiet ? "#5a6575" : "#1b2330";
        String type = failed ? "bad" : quiet ? "soft" : "text";
        html.append("<tr>")
                .append(stageCell(failed, "width:16px" + left))
                .append(mark)
                .append("</td>")
                .append(stageCell(failed, failed ? "background:#fdeceb" : ""))
                .append("<span class=\"")
                .append(type)
                .append("\" style=\"color:")
                .append(colour)
                .append(failed ? ";font-weight:600" : "")
                .append("\">")
                .append(escape(row.stage()))
                .append("</span></td>")
                .append(stageCell(failed, "text-align:right" + right))
                .append("<span class=\"")
                .append(failed ? "bad" : "soft")
                .append("\" style=\"color:")
                .append(failed ? "#b3261e;font-weight:600" : "#5a6575")
                .append("\">")
                .append(escape(Notice.text(row)))
                .append("</span></td></tr>");
    }

    private static String stageCell(boolean failed, String style) {
        return "<td class=\"" + (failed ? "badrow" : "")
                + "\" valign=\"top\" style=\"padding:5px 0 5px 8px;font-size:14px;line-height:20px;" + style + "\">";
    }

    private static void links(Notice notice, StringBuilder html) {
        html.append(cell("padding:18px 24px 24px"));
        boolean first = true;
        for (Link link : notice.links()) {
            html.append(
                    first
                            ? button(link)
                            : "<a class=\"link\" href=\"" + escape(link.url())
                                    + "\" style=\"display:inline-block;padding:9px 0;margin:0 18px 0 0;font-size:14px;line-height:20px;color:#2456d6\">"
                                    + escape(link.name()) + "</a>");
            first = false;
        }
        html.append("</td></tr>");
    }

    private static String button(Link link) {
        return "<a class=\"button\" href=\"" + escape(link.url())
                + "\" style=\"display:inline-block;padding:9px 18px;margin:0 18px 0 0;border-radius:8px;background:#2456d6;"
                + "color:#fff;font-size:14px;line-height:20px;font-weight:600;text-decoration:none\">"
                + escape("Open the " + link.name().toLowerCase(Locale.ROOT)) + "</a>";
    }

    /** A long word, such as a service's or an image's name, makes no column wider than a phone. */
    private static String cell(String style) {
        return "<tr><td style=\"" + style + ";overflow-wrap:anywhere;word-break:break-word;" + SANS + "\">";
    }

    private static String table(String style, String type) {
        return "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" class=\"" + type
                + "\" style=\"" + style + "\">";
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char sign = text.charAt(at);
            switch (sign) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(sign);
            }
        }
        return safe.toString();
    }
}
