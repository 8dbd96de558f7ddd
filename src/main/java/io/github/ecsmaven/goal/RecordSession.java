package io.github.ecsmaven.goal;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.Problem;
import io.github.ecsmaven.RecordFile;
import io.github.ecsmaven.aws.AwsClients;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.History;
import io.github.ecsmaven.report.JoinCalls;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Records one Maven call: {@code target/ecs/report.json} and {@code report.html} of the top project, and the history. What goes wrong here is a
 * warning, and nothing of the build's.
 */
public final class RecordSession {
    /** What one Maven call begins with; read beside the build, before anything of it is deleted. */
    private record Before(Optional<BuildRecord> earlier, Optional<BuildRecord.Source> source, String number) {}

    private final MavenSession session;
    private final Instant start;
    private final HistoryOptions options;
    private final Optional<String> pageRows;
    private final Consumer<String> warning;
    private final CiBuild ci = CiBuild.of(System.getenv());
    private final FutureTask<Before> before = new FutureTask<>(this::look);

    private RecordSession(
            MavenSession session,
            Instant start,
            HistoryOptions options,
            Optional<String> pageRows,
            Consumer<String> warning) {
        this.session = session;
        this.start = start;
        this.options = options;
        this.pageRows = pageRows;
        this.warning = warning;
    }

    /**
     * @param pageRows {@code ecs.report.builds}
     * @param warning is told what can't be recorded
     */
    public static RecordSession begin(
            MavenSession session,
            Instant start,
            HistoryOptions options,
            Optional<String> pageRows,
            Consumer<String> warning) {
        RecordSession record = new RecordSession(session, start, options, pageRows, warning);
        Thread reader = new Thread(record.before, "ecs-record-before");
        reader.setDaemon(true);
        reader.start();
        return record;
    }

    /**
     * @param interrupted the build was cut off
     * @param stages of each module
     */
    public void end(Instant now, boolean interrupted, Function<MavenProject, List<BuildRecord.Stage>> stages) {
        try {
            record(now, interrupted, stages);
        } catch (Problem trouble) {
            warning.accept(trouble.text());
        } catch (UncheckedIOException trouble) {
            warning.accept("The build could not be recorded: " + trouble.getCause()
                    + ".\nNext: check the disk and the permissions of " + files().report() + ".");
        } catch (RuntimeException broken) {
            warning.accept("The build could not be recorded: " + broken
                    + ".\nNext: please report it; -Decs.report=false leaves the record out.");
        }
    }

    private void record(Instant now, boolean interrupted, Function<MavenProject, List<BuildRecord.Stage>> stages) {
        Before known = known();
        CollectRecord collect = new CollectRecord(session, ci, known.source(), options.sandbox());
        BuildRecord call = collect.run(start, now, interrupted, stages);
        Optional<BuildRecord> earlier = known.earlier().filter(build -> JoinCalls.areOne(build, call));
        BuildRecord build =
                earlier.map(part -> JoinCalls.join(part, call)).orElseGet(() -> collect.asFirst(call, known.number()));
        RecordFile.write(files().report(), build);
        try (AwsClients aws = options.clients()) {
            putAndDraw(new History(options.store(aws, build.project(), warning), Clock.systemUTC(), warning), build);
        }
    }

    /** Where the history can't be written the page still shows this build. */
    private void putAndDraw(History history, BuildRecord build) {
        int rows = WritePage.rows(pageRows.orElse(WritePage.DEFAULT_ROWS));
        List<BuildRecord> builds = List.of(build);
        try {
            history.put(build);
            builds = history.latest(rows);
        } finally {
            WritePage.run(files().page(), builds, rows);
        }
    }

    /** The history may be out of reach; the file is written all the same, and the trouble told when the history is written. */
    private String nextNumber() {
        MavenProject top = session.getTopLevelProject();
        String project = top.getGroupId() + ":" + top.getArtifactId();
        try (AwsClients aws = options.clients()) {
            return new History(options.store(aws, project, told -> {}), Clock.systemUTC(), warning).nextNumber();
        } catch (Problem untold) {
            return "1";
        }
    }

    private GoalFiles files() {
        return GoalFiles.of(session.getTopLevelProject());
    }

    private Before look() {
        return new Before(earlier(), source(), ci.number().orElseGet(this::nextNumber));
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

    private Before nothing() {
        return new Before(Optional.empty(), Optional.empty(), ci.number().orElse("1"));
    }

    private Before known() {
        try {
            return before.get();
        } catch (ExecutionException unreadable) {
            return nothing();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return nothing();
        }
    }
}
