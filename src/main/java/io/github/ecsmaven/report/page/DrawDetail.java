package io.github.ecsmaven.report.page;

import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Image;
import io.github.ecsmaven.report.BuildRecord.Module;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Tests;
import io.github.ecsmaven.report.BuildRecord.Upload;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a row opens to: the errors of its stages, then the facts of the build. */
final class DrawDetail {
    private static final int MOST_WIDTH = 240;

    /**
     * How much of a build is told.
     *
     * @param errors of so many stages, the root cause first
     * @param lines of a log
     * @param tests that failed
     * @param modules of which facts are told
     * @param signs of an error's sentence
     */
    private record Depth(int errors, int lines, int tests, int modules, int signs) {
        static final Depth WHOLE = new Depth(5, 40, 10, 20, 600);
        static final Depth FIRST_ERROR = new Depth(1, 20, 3, 0, 300);
        static final Depth SENTENCE = new Depth(1, 0, 0, 0, 80);
    }

    private int room;
    private int rows;

    /**
     * @param room bytes for the details of all rows; those that come first get theirs, and what doesn't fit is told without
     *     its log
     * @param rows how many will be drawn
     */
    DrawDetail(int room, int rows) {
        this.room = room;
        this.rows = rows;
    }

    Html draw(BuildRecord build) {
        Html least = draw(build, Depth.SENTENCE);
        rows--;
        // The others shall have room for their sentence at least.
        int spare = room - rows * size(least);
        Html drawn = Stream.of(Depth.WHOLE, Depth.FIRST_ERROR)
                .map(depth -> draw(build, depth))
                .filter(detail -> size(detail) <= spare)
                .findFirst()
                .orElse(least);
        room -= size(drawn);
        return drawn;
    }

    private static int size(Html html) {
        return html.html().getBytes(StandardCharsets.UTF_8).length;
    }

    private static Html draw(BuildRecord build, Depth depth) {
        Html html = new Html();
        BrokenStage.of(build).stream()
                .limit(depth.errors())
                .forEach(broken -> error(html, broken.stage(), broken.where(build), depth));
        if (depth.modules() > 0) {
            facts(html, build, depth.modules());
        }
        return html;
    }

    private static void error(Html html, Stage stage, String where, Depth depth) {
        boolean broke = stage.status() == Status.FAILED;
        html.open("section", "class", broke ? "err" : "err cut");
        html.element(
                "h3",
                CleanText.capital(stage.stage()) + (broke ? " failed" : " was interrupted") + " after "
                        + Span.show(stage.seconds()) + CleanText.cut(where, 60));
        stage.error()
                .ifPresent(error -> html.element("p", CleanText.cut(error.what(), depth.signs()), "class", "what"));
        if (depth.lines() == 0) {
            html.element("p", "The page has no room for more of it: see the build's own log.", "class", "soft");
        } else {
            stage.tests().ifPresent(tests -> failures(html, tests, depth.tests()));
            stage.error().ifPresent(error -> evidence(html, error, depth));
        }
        html.close();
    }

    private static void failures(Html html, Tests tests, int most) {
        if (tests.failures().isEmpty()) {
            return;
        }
        html.open("ul", "class", "tests");
        tests.failures().stream().limit(most).forEach(failure -> html.open("li")
                .element("code", CleanText.cut(failure.test(), MOST_WIDTH))
                .element("span", CleanText.cut(failure.message(), MOST_WIDTH))
                .element("span", place(failure), "class", "soft")
                .close());
        int more = tests.failures().size() - most;
        if (more > 0) {
            html.element("li", "and " + more + " more", "class", "soft");
        }
        html.close();
    }

    private static String place(Failure failure) {
        return failure.file()
                .map(file -> CleanText.cut(file, MOST_WIDTH)
                        + failure.line().map(line -> ":" + line).orElse(""))
                .orElse("");
    }

    private static void evidence(Html html, StageError error, Depth depth) {
        List<String> lines = error.evidence();
        if (!lines.isEmpty()) {
            html.open("pre", "tabindex", "0", "role", "region", "aria-label", "Log excerpt");
            Excerpt.of(lines, depth.lines()).forEach(line -> html.text(CleanText.cut(line, MOST_WIDTH) + "\n"));
            html.close();
        }
        error.next().ifPresent(next -> html.open("p", "class", "next")
                .element("b", "Next:")
                .text(" " + CleanText.cut(next, depth.signs()))
                .close());
    }

    private static void facts(Html html, BuildRecord build, int most) {
        html.open("dl");
        build.source().flatMap(Source::commit).ifPresent(commit -> fact(html, "Commit", commit, "code"));
        build.source()
                .flatMap(Source::author)
                .ifPresent(author -> fact(
                        html,
                        "Author",
                        author.name()
                                + author.email().map(mail -> " <" + mail + ">").orElse(""),
                        "span"));
        build.source()
                .flatMap(Source::message)
                .filter(message -> message.length() > DrawTable.MOST_MESSAGE)
                .ifPresent(message -> fact(html, "Message", message, "span"));
        trigger(html, build.trigger());
        List<Module> modules = build.modules();
        modules.stream().limit(most).forEach(module -> module(html, module, modules.size() > 1));
        if (modules.size() > most) {
            fact(html, "Modules", "and " + (modules.size() - most) + " more", "span");
        }
        html.close();
    }

    private static void trigger(Html html, BuildRecord.Trigger trigger) {
        String began = Stream.of(trigger.ci(), trigger.event(), trigger.by().map(by -> "by " + by))
                .flatMap(Optional::stream)
                .reduce((one, two) -> one + ", " + two)
                .orElse("by hand");
        html.element("dt", "Started").open("dd").text(CleanText.cut(began, MOST_WIDTH));
        trigger.url().ifPresent(url -> link(html.text(" "), "build page", url));
        html.close();
    }

    private static void module(Html html, Module module, boolean named) {
        String suffix = named ? " of " + CleanText.cut(module.name(), 60) : "";
        module.stages().stream()
                .filter(stage -> stage.tests().isPresent())
                .forEach(stage -> fact(
                        html,
                        CleanText.capital(stage.stage()) + suffix,
                        counts(stage.tests().get()),
                        "span"));
        module.image().ifPresent(image -> image(html, image, suffix));
        module.services().forEach(service -> service(html, service));
        module.upload().ifPresent(upload -> upload(html, upload));
    }

    private static void upload(Html html, Upload upload) {
        html.element("dt", "Front end").open("dd");
        html.text(CleanText.cut(upload.place(), MOST_WIDTH) + ": " + upload.sent() + " of " + upload.files()
                + " files sent, set " + upload.set() + " ");
        upload.url().ifPresent(url -> link(html, url, url));
        html.close();
    }

    private static String counts(Tests tests) {
        StringBuilder text = new StringBuilder(tests.run() + " run");
        int bad = tests.failed() + tests.errors();
        if (bad > 0) {
            text.append(", ").append(bad).append(" failed");
        }
        return text.append(tests.skipped() > 0 ? ", " + tests.skipped() + " skipped" : "")
                .toString();
    }

    private static void image(Html html, Image image, String suffix) {
        html.element("dt", "Image" + suffix).open("dd");
        String place = image.registry().map(registry -> registry + "/").orElse("")
                + image.repository().map(name -> name + "@").orElse("");
        if (!image.tags().isEmpty()) {
            html.element("span", CleanText.cut(String.join(", ", image.tags()), MOST_WIDTH))
                    .empty("br");
        }
        html.element("code", CleanText.cut(place + image.digest(), 2 * MOST_WIDTH))
                .close();
    }

    private static void service(Html html, Service service) {
        html.element("dt", "Service").open("dd");
        html.text(CleanText.cut(service.service() + " in " + service.cluster(), MOST_WIDTH) + ": "
                + service.outcome().toLowerCase(Locale.ROOT).replace('_', ' ') + " after "
                + Span.show(service.seconds()) + " ");
        service.url().ifPresent(url -> link(html, url, url));
        service.links().forEach(link -> link(html.text(" "), link.name(), link.url()));
        html.close();
    }

    private static void fact(Html html, String name, String value, String tag) {
        html.element("dt", name)
                .open("dd")
                .element(tag, CleanText.cut(value, 2 * MOST_WIDTH))
                .close();
    }

    /** An address that no browser should follow is shown as text. */
    static void link(Html html, String text, String url) {
        Words.link(url)
                .ifPresentOrElse(
                        safe -> html.element("a", CleanText.cut(text, MOST_WIDTH), "href", safe, "rel", "noreferrer"),
                        () -> html.text(CleanText.cut(text, MOST_WIDTH)));
    }
}
