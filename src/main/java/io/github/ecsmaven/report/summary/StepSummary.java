package io.github.ecsmaven.report.summary;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Image;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Outcome;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Upload;
import io.github.ecsmaven.report.CompilerError;
import io.github.ecsmaven.report.Excerpt;
import io.github.ecsmaven.report.StageSum;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a build did, as Markdown for the summary of a step in GitHub Actions. What the record holds is written so that none of its signs is taken for
 * Markdown's.
 */
public final class StepSummary {
    /** Failed tests or lines of a compiler, of one stage. */
    private static final int MOST = 20;

    /** Stages whose errors are told. */
    private static final int MOST_ERRORS = 20;

    /** Modules whose facts are told. */
    private static final int MOST_MODULES = 20;

    /** Lines of an error's evidence. */
    private static final int MOST_LINES = 40;

    private static final String MARKDOWN = "&<>\"'\\`*_{}[]()#|~$@";

    private final SourceFiles files;

    public StepSummary(SourceFiles files) {
        this.files = files;
    }

    /**
     * A section of its own.
     *
     * @param room bytes that it may take
     * @return absent when there is no room for the table of the stages
     */
    public Optional<String> of(BuildRecord build, long room) {
        String table = table(build);
        return Stream.of(table + errors(build) + facts(build), table + facts(build), table)
                .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= room)
                .findFirst();
    }

    private static String table(BuildRecord build) {
        StringBuilder text = new StringBuilder("\n## ").append(sign(build.outcome()));
        text.append(' ').append(plain(build.name() + " " + build.version() + " #" + build.number()));
        text.append(
                switch (build.outcome()) {
                    case SUCCESS -> " succeeded";
                    case FAILED -> " failed";
                    case INTERRUPTED -> " was interrupted";
                });
        text.append("\n\n| Stage | Result | Time | Tests |\n|:--|:--|--:|:--|\n");
        for (StageSum sum : StageSum.of(build)) {
            boolean several = build.modules().size() > 1 && !sum.brokenIn().isEmpty();
            text.append("| ").append(plain(sum.stage())).append(" | ").append(result(sum.status()));
            text.append(several ? " in " + plain(first(sum.brokenIn())) : "");
            text.append(" | ").append(sum.status().ran() ? time(sum.seconds()) : "");
            text.append(" | ").append(tests(sum)).append(" |\n");
        }
        return text.toString();
    }

    /** What its tests came to; empty when none ran. */
    private static String tests(StageSum sum) {
        if (sum.tests() == 0) {
            return "";
        }
        return sum.tests() + " run" + (sum.bad() > 0 ? ", " + sum.bad() + " failed" : "")
                + (sum.skipped() > 0 ? ", " + sum.skipped() + " skipped" : "");
    }

    private static String first(List<String> modules) {
        int more = modules.size() - 3;
        return String.join(", ", modules.subList(0, Math.min(3, modules.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String sign(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "✅";
            case FAILED -> "❌";
            case INTERRUPTED -> "⚠️";
        };
    }

    private static String result(Status status) {
        return switch (status) {
            case DONE -> "✅ done";
            case FAILED -> "❌ **failed**";
            case INTERRUPTED -> "⚠️ interrupted";
            case SKIPPED -> "skipped";
            case NOT_RUN -> "not run";
        };
    }

    private static String time(double seconds) {
        return DurationText.show(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    private String errors(BuildRecord build) {
        return BrokenStage.of(build).stream()
                .filter(broken -> broken.stage().error().isPresent())
                .limit(MOST_ERRORS)
                .map(broken -> error(broken.stage(), broken.where(build)))
                .collect(Collectors.joining());
    }

    private String error(Stage stage, String where) {
        StringBuilder text = new StringBuilder("\n### ");
        String how = stage.status() == Status.INTERRUPTED ? " was interrupted" : " failed";
        text.append(plain(stage.stage().substring(0, 1).toUpperCase(Locale.ROOT)
                        + stage.stage().substring(1)
                        + how
                        + where))
                .append("\n\n");
        List<Failure> failures = stage.tests().map(BuildRecord.Tests::failures).orElse(List.of());
        StageError error = stage.error().orElseThrow();
        List<CompilerError> errors = CompilerError.in(error);
        if (!failures.isEmpty()) {
            failures.stream().limit(MOST).forEach(failure -> text.append(test(failure)));
            int all =
                    stage.tests().map(tests -> tests.failed() + tests.errors()).orElse(failures.size());
            text.append(more(all - MOST));
        } else if (!errors.isEmpty()) {
            errors.stream().limit(MOST).forEach(at -> text.append("- ")
                    .append(place(at.file(), Optional.of(at.line())))
                    .append(' ')
                    .append(plain(at.message()))
                    .append('\n'));
            text.append(more(errors.size() - MOST));
        } else {
            text.append(paragraph(error.what())).append("\n").append(evidence(error.evidence()));
        }
        error.next()
                .ifPresent(
                        next -> text.append("\n**Next:** ").append(plain(next)).append('\n'));
        return text.toString();
    }

    private String test(Failure failure) {
        return "- **" + plain(failure.test()) + "** "
                + failure.file().map(file -> place(file, failure.line())).orElse("") + "<br>"
                + plain(failure.message()) + "\n";
    }

    private static String more(int more) {
        return more > 0 ? "- and " + more + " more\n" : "";
    }

    private String place(String file, Optional<Integer> line) {
        String text = plain(file + line.map(number -> ":" + number).orElse(""));
        return line.flatMap(number -> files.page(file, number))
                .map(page -> link(text, page))
                .orElse("<code>" + text + "</code>");
    }

    private static String evidence(List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        String shown =
                Excerpt.of(lines, MOST_LINES).stream().map(StepSummary::escaped).collect(Collectors.joining("\n"));
        return "\n<details><summary>Log</summary>\n\n<pre>" + shown + "</pre>\n</details>\n";
    }

    private static String facts(BuildRecord build) {
        boolean several = build.modules().size() > 1;
        String facts = build.modules().stream()
                .filter(module -> module.image().isPresent()
                        || !module.services().isEmpty()
                        || module.upload().isPresent())
                .limit(MOST_MODULES)
                .map(module -> facts(module, several))
                .collect(Collectors.joining());
        return facts.isEmpty() ? "" : "\n### Image and services\n\n" + facts;
    }

    private static String facts(Module module, boolean several) {
        String image = module.image()
                .map(known ->
                        "- **Image**" + (several ? " of " + plain(module.name()) : "") + " " + image(known) + "\n")
                .orElse("");
        return image
                + module.services().stream().map(StepSummary::service).collect(Collectors.joining())
                + module.upload().map(StepSummary::upload).orElse("");
    }

    private static String upload(Upload upload) {
        return "- **Front end** "
                + plain(upload.place() + ": " + upload.sent() + " of " + upload.files() + " files sent")
                + ", set <code>" + plain(upload.set()) + "</code>"
                + upload.url().map(url -> " " + link(plain(url), url)).orElse("") + "\n";
    }

    private static String image(Image image) {
        String name = image.registry().map(registry -> registry + "/").orElse("")
                + image.repository().map(repository -> repository + "@").orElse("")
                + image.digest();
        String tags = image.tags().stream()
                .map(tag -> "<code>" + plain(tag) + "</code>")
                .collect(Collectors.joining(", "));
        return "<code>" + plain(name) + "</code>" + (tags.isEmpty() ? "" : ", tags " + tags);
    }

    private static String service(Service service) {
        String outcome = service.outcome().toLowerCase(Locale.ROOT).replace('_', ' ');
        String links = service.links().stream()
                .map(link -> " " + link(plain(link.name()), link.url()))
                .collect(Collectors.joining());
        return "- **Service** " + plain(service.service() + " in " + service.cluster() + ": " + outcome + " after ")
                + time(service.seconds()) + ", deployment <code>" + plain(service.deploymentId()) + "</code>"
                + service.url().map(url -> " " + link(plain(url), url)).orElse("") + links + "\n";
    }

    /** @param text escaped already */
    private static String link(String text, String url) {
        return url.matches("https?://.*") ? "<a href=\"" + plain(url) + "\">" + text + "</a>" : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Its first sign would make a list of it, whatever it is. */
    private static String paragraph(String text) {
        return text.isEmpty()
                ? ""
                : "&#" + text.codePointAt(0) + ";" + plain(text.substring(text.offsetByCodePoints(0, 1)));
    }

    /** Each sign that Markdown knows within a line as an HTML entity, which is text in every place. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.chars().forEach(sign -> {
            if (MARKDOWN.indexOf(sign) >= 0) {
                plain.append("&#").append(sign).append(';');
            } else {
                plain.append(sign < ' ' ? ' ' : (char) sign);
            }
        });
        return plain.toString();
    }
}
