package io.github.ecsmaven.notify;

import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.BuildRecord.Failure;
import io.github.ecsmaven.report.BuildRecord.Link;
import io.github.ecsmaven.report.BuildRecord.Service;
import io.github.ecsmaven.report.BuildRecord.Source;
import io.github.ecsmaven.report.BuildRecord.Stage;
import io.github.ecsmaven.report.BuildRecord.StageError;
import io.github.ecsmaven.report.BuildRecord.Status;
import io.github.ecsmaven.report.BuildRecord.Upload;
import io.github.ecsmaven.report.CleanText;
import io.github.ecsmaven.report.Excerpt;
import io.github.ecsmaven.report.StageSum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is told of a build, by whatever channel.
 *
 * @param event that heads it
 * @param build for the facts; what went wrong in it is told by the other parts
 * @param message first line of the commit's message
 * @param stages in their order, each once for all modules
 * @param failed what went wrong, the root cause when several stages did; absent when nothing did
 * @param links in the order of their worth
 */
record Notice(
        Event event,
        BuildRecord build,
        Optional<String> message,
        List<StageSum> stages,
        Optional<Failed> failed,
        List<Link> links) {
    /** A person reads no more; the record has the rest. */
    static final int MOST_LINES = 30;

    private static final int MOST_TESTS = 5;

    /** How a stage ended, or how long it took. */
    static String text(StageSum stage) {
        return switch (stage.status()) {
            case SKIPPED -> "skipped";
            case NOT_RUN ->
                stage.ran() == 0 ? "not run" : time(stage.seconds()) + " in " + stage.ran() + " of " + stage.of();
            case DONE -> time(stage.seconds());
            case FAILED -> "failed after " + time(stage.seconds());
            case INTERRUPTED -> "interrupted after " + time(stage.seconds());
        };
    }

    /**
     * @param tests the first that failed
     * @param more how many others failed
     */
    record Failed(String stage, String module, StageError error, List<Failure> tests, int more) {}

    Notice {
        stages = List.copyOf(stages);
        links = List.copyOf(links);
    }

    static Notice of(Event event, BuildRecord build) {
        return new Notice(
                event, build, build.source().flatMap(Source::message), StageSum.of(build), failed(build), links(build));
    }

    private static Optional<Failed> failed(BuildRecord build) {
        return BrokenStage.of(build).stream()
                .filter(broken -> broken.stage().status() == Status.FAILED)
                .findFirst()
                .map(broken -> failed(broken.module(), broken.stage()));
    }

    private static Failed failed(String module, Stage stage) {
        StageError error =
                stage.error().orElseGet(() -> new StageError("The stage failed.", List.of(), Optional.empty()));
        List<Failure> all = stage.tests().map(BuildRecord.Tests::failures).orElse(List.of());
        int count = stage.tests().map(tests -> tests.failed() + tests.errors()).orElse(0);
        List<Failure> some = all.subList(0, Math.min(MOST_TESTS, all.size()));
        return new Failed(
                stage.stage(),
                module,
                new StageError(error.what(), Excerpt.of(error.evidence(), MOST_LINES), error.next()),
                some,
                Math.max(0, count - some.size()));
    }

    private static List<Link> links(BuildRecord build) {
        List<Link> links = new ArrayList<>();
        build.trigger().url().ifPresent(url -> links.add(new Link("Build", url)));
        List<Service> services = build.modules().stream()
                .flatMap(module -> module.services().stream())
                .toList();
        for (Service service : services) {
            String of = services.size() > 1 ? " of " + service.service() : "";
            service.url().ifPresent(url -> links.add(new Link("Service" + of, url)));
            service.links().forEach(link -> links.add(new Link(CleanText.capital(link.name()) + of, link.url())));
        }
        List<Upload> uploads = uploads(build).toList();
        for (Upload upload : uploads) {
            String of = uploads.size() > 1 ? " of " + upload.bucket() : "";
            upload.url().ifPresent(url -> links.add(new Link("Site" + of, url)));
        }
        return links.stream()
                .filter(link -> link.url().matches("(?i)https?://\\S+"))
                .distinct()
                .toList();
    }

    /** {@code [failed] Shop main #214: integration tests}; one line. */
    String subject() {
        return line("[" + event.word() + "] " + name()
                + about().map(what -> ": " + what).orElse(""));
    }

    /** {@code Shop main #214} */
    String name() {
        return Stream.of(Optional.of(build.name()), branch(), Optional.of("#" + build.number()))
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    Optional<String> branch() {
        return build.source().flatMap(Source::branch);
    }

    /** The failed stage, or what was deployed where. */
    Optional<String> about() {
        return failed.map(Failed::stage)
                .or(() -> event == Event.DEPLOYMENT || event == Event.ROLLBACK
                        ? Stream.concat(
                                        services().map(service -> service.service() + " in " + service.cluster()),
                                        uploads().filter(Upload::hasNews).map(Upload::place))
                                .reduce((one, other) -> one + ", " + other)
                        : Optional.empty());
    }

    Stream<Upload> uploads() {
        return uploads(build);
    }

    private static Stream<Upload> uploads(BuildRecord build) {
        return build.modules().stream().flatMap(module -> module.upload().stream());
    }

    Stream<Service> services() {
        return build.modules().stream().flatMap(module -> module.services().stream());
    }

    /** {@code 0a1b2c3d by Ada Example}; empty outside of git. */
    Optional<String> commit() {
        return build.source().flatMap(source -> source.commit()
                .map(hash -> hash.substring(0, Math.min(8, hash.length()))
                        + source.author().map(author -> " by " + author.name()).orElse("")));
    }

    static String time(double seconds) {
        return DurationText.show(Duration.ofMillis(Math.round(1000 * seconds)));
    }

    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
