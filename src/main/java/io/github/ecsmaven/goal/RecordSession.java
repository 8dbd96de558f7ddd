package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.WholeFile;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.report.JoinCalls;
import io.github.ecsmaven.report.summary.StagesXml;
import io.github.ecsmaven.report.trace.BuildTrace;
import io.github.ecsmaven.report.trace.SendTrace;
import io.github.ecsmaven.report.trace.TraceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records one Maven call: {@code target/ecs/report.json} and {@code report.html} of the top project, and the history; then tells
 * whom it concerns. What goes wrong here is a warning, and nothing of the build's.
 */
public final class RecordSession {
    /**
     * What one Maven call begins with; read beside the build, before anything of it is deleted.
     *
     * @param unread why there are no builds, when the history could not be read
     */
    private record Before(
            Optional<BuildRecord> earlier,
            Optional<BuildRecord.Source> source,
            List<BuildRecord> builds,
            Optional<Problem> unread) {}

    /** The CI is about to kill the build. */
    private static final Duration PATIENCE_WHEN_INTERRUPTED = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RecordSession.class);

    private final MavenSession session;
    private final Instant start;
    private final HistoryOptions options;
    private final Optional<String> pageRows;
    private final boolean github;
    private final SessionSecrets secrets;
    private final Consumer<String> warning;
    private final CiBuild ci = CiBuild.of(System.getenv());
    private final FutureTask<Before> before = new FutureTask<>(this::look);

    private RecordSession(
            MavenSession session,
            Instant start,
            HistoryOptions options,
            Optional<String> pageRows,
            boolean github,
            SessionSecrets secrets,
            Consumer<String> warning) {
        this.session = session;
        this.start = start;
        this.options = options;
        this.pageRows = pageRows;
        this.github = github;
        this.secrets = secrets;
        this.warning = text -> warning.accept(secrets.known().hide(text));
    }

    /**
     * @param pageRows {@code ecs.report.builds}
     * @param github {@code ecs.report.github}
     * @param secrets are hidden from the record and the warnings
     * @param warning is told what can't be recorded
     */
    public static RecordSession begin(
            MavenSession session,
            Instant start,
            HistoryOptions options,
            Optional<String> pageRows,
            boolean github,
            SessionSecrets secrets,
            Consumer<String> warning) {
        RecordSession record = new RecordSession(session, start, options, pageRows, github, secrets, warning);
        Thread reader = new Thread(record::prepare, "ecs-record-before");
        reader.setDaemon(true);
        reader.start();
        return record;
    }

    /**
     * @param interrupted the build was cut off
     * @param stages of each module
     */
    public void end(Instant now, boolean interrupted, Function<MavenProject, List<BuildRecord.Stage>> stages) {
        quietly("The build could not be recorded", () -> record(now, interrupted, stages));
    }

    /**
     * What goes wrong is a warning.
     *
     * @param failed what is missing then, without a full stop
     */
    private void quietly(String failed, Runnable part) {
        try {
            part.run();
        } catch (Problem trouble) {
            warning.accept(trouble.text());
        } catch (UncheckedIOException trouble) {
            warning.accept(failed + ": " + trouble.getCause() + ".\nNext: check the disk and the permissions of "
                    + files().report().getParent() + ".");
        } catch (RuntimeException | LinkageError broken) {
            warning.accept(
                    failed + ": " + broken
                            + ".\nNext: please report it; -Decs.report=false leaves the record out, and all that is told of it.");
        }
    }

    private void record(Instant now, boolean interrupted, Function<MavenProject, List<BuildRecord.Stage>> stages) {
        Before known = known();
        CollectRecord collect = new CollectRecord(session, ci, known.source(), options.sandbox(), secrets.known());
        BuildRecord call = collect.run(start, now, interrupted, stages);
        Optional<BuildRecord> earlier = known.earlier()
                .filter(build -> JoinCalls.areOne(build, call))
                .or(() -> JoinCalls.earlier(known.builds(), call));
        BuildRecord build = earlier.map(part -> JoinCalls.join(part, call))
                .orElseGet(() -> collect.asFirst(call, number(known.builds())));
        BuildRecord part = call.with(build.number(), earlier.isPresent() ? call.modules() : build.modules());
        // Each by itself: what can't be told in one way is told in the others.
        quietly("The record could not be written", () -> RecordFile.write(files().report(), build));
        quietly("The build is missing in the history", () -> put(build, known.unread()));
        quietly("The page could not be drawn", () -> draw(build, known.builds()));
        quietly("The stages could not be written as XML", () -> writeStages(build));
        if (github) {
            GitHubStep step = new GitHubStep(
                    System.getenv(), session.getTopLevelProject().getBasedir().toPath());
            quietly("The step has no summary", () -> step.summarize(part));
            quietly("No line was annotated", () -> step.annotate(part, GitHubStep.standardOutput()));
        }
        quietly("No trace was sent", () -> trace(build.id(), part, interrupted));
        quietly("Nobody was told of this build", () -> new NotifyBuild(session, options, secrets.decrypter(), warning)
                .run(build, earlier, known.builds(), interrupted));
    }

    /** To the collector that the environment names, when it does. */
    private void trace(String build, BuildRecord call, boolean interrupted) {
        TraceSettings.of(System.getenv())
                .filter(this::isReached)
                .map(settings -> interrupted ? settings.within(PATIENCE_WHEN_INTERRUPTED) : settings)
                .ifPresent(settings -> new SendTrace(settings, Clock.systemUTC(), time -> Thread.sleep(time.toMillis()))
                        .run(new BuildTrace(settings).of(build, call)));
    }

    private boolean isReached(TraceSettings collector) {
        boolean reached = !session.isOffline() || collector.isOnThisMachine();
        if (!reached) {
            LOG.info("No trace is sent: Maven works offline (-o).");
        }
        return reached;
    }

    private void writeStages(BuildRecord build) {
        try {
            WholeFile.writeShared(files().stages(), StagesXml.of(build));
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** One that can be written and not read is told too: without it there are no numbers, and nothing is ever fixed. */
    private void put(BuildRecord build, Optional<Problem> unread) {
        try (AwsClients aws = options.clients()) {
            history(aws, build.project(), warning).put(build);
        }
        unread.ifPresent(trouble -> {
            throw trouble;
        });
    }

    /** With this build, though the history may lack it. */
    private void draw(BuildRecord build, List<BuildRecord> before) {
        int rows = rows();
        List<BuildRecord> builds = Stream.concat(
                        before.stream().filter(one -> !one.id().equals(build.id())), Stream.of(build))
                .toList();
        WritePage.run(files().page(), builds.subList(Math.max(0, builds.size() - rows), builds.size()), rows);
    }

    private int rows() {
        return WritePage.rows(pageRows.orElse(WritePage.DEFAULT_ROWS));
    }

    /** @param elsewhere is told when it does not lie where the user has said */
    private History history(AwsClients aws, String project, Consumer<String> elsewhere) {
        return new History(options.store(aws, project, elsewhere), Clock.systemUTC(), warning);
    }

    /** @throws Problem when the history is out of reach */
    private List<BuildRecord> builds() {
        try (AwsClients aws = options.clients()) {
            return history(aws, Reactor.name(session.getTopLevelProject()), told -> {})
                    .latest(Math.max(rowsIfRight(), History.LATEST));
        }
    }

    /** What is wrong with their number is told when the page is drawn; the history is needed for more than that. */
    private int rowsIfRight() {
        try {
            return rows();
        } catch (Problem told) {
            return 0;
        }
    }

    private String number(List<BuildRecord> builds) {
        return ci.number().orElseGet(() -> History.nextNumber(builds));
    }

    private GoalFiles files() {
        return GoalFiles.of(session.getTopLevelProject());
    }

    /** Draws the page once beside the build: what it needs is then loaded, and the build's end need not wait for that. */
    private void prepare() {
        before.run();
        try {
            secrets.known();
            WritePage.draw(known().builds(), rows());
        } catch (RuntimeException | LinkageError told) {
            // At the end of the build, if it is still so; or the build has ended already, and no class is loaded any
            // more.
            return;
        }
    }

    private Before look() {
        Optional<BuildRecord> earlier = earlier();
        Optional<BuildRecord.Source> source = source();
        try {
            return new Before(earlier, source, builds(), Optional.empty());
        } catch (Problem unread) {
            return new Before(earlier, source, List.of(), Optional.of(unread));
        }
    }

    private Optional<BuildRecord> earlier() {
        try {
            return RecordFile.read(files().report(), BuildRecord.class);
        } catch (Problem | UncheckedIOException unreadable) {
            // Cut off, or of a later version: then this call has a record of its own.
            return Optional.empty();
        }
    }

    private Optional<BuildRecord.Source> source() {
        Path folder = session.getTopLevelProject().getBasedir().toPath();
        Optional<String> commit = ci.commit().or(() -> GitCheckout.commit(folder));
        Optional<String> branch = ci.branch().or(() -> GitCheckout.branch(folder));
        if (commit.isEmpty() && branch.isEmpty()) {
            return Optional.empty();
        }
        Optional<GitCheckout.Commit> described = commit.flatMap(id -> GitCheckout.describe(folder, id));
        return Optional.of(new BuildRecord.Source(
                branch,
                commit,
                described.map(found -> new BuildRecord.Person(found.author(), OptionText.text(found.email()))),
                described.map(GitCheckout.Commit::message),
                described.map(GitCheckout.Commit::time).map(Instant::toString)));
    }

    private static Before nothing(Optional<Problem> unread) {
        return new Before(Optional.empty(), Optional.empty(), List.of(), unread);
    }

    private Before known() {
        try {
            return before.get();
        } catch (ExecutionException unforeseen) {
            return nothing(Optional.of(Problem.ofMachine(
                    "What is known of earlier builds was not read.",
                    List.of(String.valueOf(unforeseen.getCause())),
                    "please report it; the build's own record is written without it.",
                    unforeseen.getCause())));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return nothing(Optional.empty());
        }
    }
}
