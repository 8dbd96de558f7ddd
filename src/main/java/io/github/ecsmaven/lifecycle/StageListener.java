package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.HeldUpload;
import io.github.ecsmaven.goal.SessionBoard;
import io.github.ecsmaven.goal.SmokePart;
import io.github.ecsmaven.goal.TestedImage;
import io.github.ecsmaven.report.BrokenStage;
import io.github.ecsmaven.report.BuildRecord;
import io.github.ecsmaven.report.summary.FailureText;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Measures the stages beside Maven's own listener, and tells the summary before Maven's "BUILD SUCCESS". */
final class StageListener extends ForwardedEvents {
    private static final List<String> FACTS =
            List.of("digest", "platforms", "tags", "deployment", "url", "bucket", "set", "site");

    private final StageClock clock;
    private final SandboxAhead sandbox;
    private final RecordStages stages;
    private final Optional<LeaveRecord> record;
    private final Consumer<String> out;

    /** @param record of the build, when it leaves one */
    StageListener(
            @Nullable ExecutionListener original,
            StageClock clock,
            SandboxAhead sandbox,
            RecordStages stages,
            Optional<LeaveRecord> record,
            Consumer<String> out) {
        super(original);
        this.clock = clock;
        this.sandbox = sandbox;
        this.stages = stages;
        this.record = record;
        this.out = out;
    }

    @Override
    public void mojoStarted(ExecutionEvent event) {
        sandbox.beforeGoalOf(event.getProject(), event.getMojoExecution().getLifecyclePhase());
        clock.begin(
                event.getMojoExecution(),
                event.getProject().getId(),
                stage(event).orElse(null));
        super.mojoStarted(event);
    }

    @Override
    public void mojoSucceeded(ExecutionEvent event) {
        stage(event)
                .ifPresentOrElse(
                        stage -> end(event, stage, StageClock.End.DONE), () -> clock.leave(event.getMojoExecution()));
        super.mojoSucceeded(event);
    }

    @Override
    public void mojoFailed(ExecutionEvent event) {
        Stage stage = stage(event).orElse(Stage.OTHER);
        if (stage == Stage.UPLOAD && isHeld(event)) {
            clock.leave(event.getMojoExecution());
        } else {
            end(event, stage, broken(event.getException()));
        }
        if ("verify".equals(event.getMojoExecution().getLifecyclePhase())) {
            // Another check than the integration tests said no: a later push in a call of its own has to know.
            TestedImage.revoke(event.getProject());
        }
        super.mojoFailed(event);
    }

    /** No goal fails where Maven can't begin one: a dependency is missing, or there is no such goal. */
    @Override
    public void projectFailed(ExecutionEvent event) {
        String module = event.getProject().getId();
        if (!clock.module(module).isBroken() && !isHeld(event)) {
            clock.add(
                    module,
                    stages.before(event.getProject(), event.getException()),
                    Duration.ZERO,
                    broken(event.getException()),
                    event.getException());
        }
        super.projectFailed(event);
    }

    /** It did not run, since something else failed. */
    private static boolean isHeld(ExecutionEvent event) {
        return HeldUpload.is(new SessionBoard(event.getSession()), event.getProject());
    }

    @Override
    public void sessionEnded(ExecutionEvent event) {
        MavenSession session = event.getSession();
        new AwaitRollouts(session, clock).run();
        failureOfNoModule(session);
        summaries(session);
        record.ifPresent(LeaveRecord::sessionEnded);
        super.sessionEnded(event);
    }

    /** Maven may give up before its first module: a phase or a plugin that was called is unknown. */
    private void failureOfNoModule(MavenSession session) {
        boolean told = session.getProjects().stream()
                .anyMatch(project -> clock.module(project.getId()).isBroken());
        if (!told && session.getResult().hasExceptions()) {
            Throwable error = session.getResult().getExceptions().get(0);
            clock.add(session.getTopLevelProject().getId(), Stage.OTHER, Duration.ZERO, broken(error), error);
        }
    }

    private static StageClock.End broken(@Nullable Throwable error) {
        return Interruption.isBehind(error, Thread.currentThread().isInterrupted(), Interruption.isJvmEnding())
                ? StageClock.End.INTERRUPTED
                : StageClock.End.FAILED;
    }

    /** What is run again of a phase that is done is no stage of this call; its time would be added to the true one. */
    private Optional<Stage> stage(ExecutionEvent event) {
        MojoExecution mojo = event.getMojoExecution();
        return Stage.of(mojo.getArtifactId(), mojo.getGoal(), mojo.getLifecyclePhase())
                .filter(stage -> !stages.isOver(event.getProject(), stage));
    }

    private void end(ExecutionEvent event, Stage stage, StageClock.End end) {
        String module = event.getProject().getId();
        smoke(event, stage)
                .ifPresentOrElse(
                        part -> clock.end(event.getMojoExecution(), module, stage, end, event.getException(), part),
                        () -> clock.end(event.getMojoExecution(), module, stage, end, event.getException()));
    }

    private static Optional<SmokePart.Seen> smoke(ExecutionEvent event, Stage stage) {
        return stage == Stage.ROLLOUT || stage == Stage.UPLOAD || stage == Stage.ROLLBACK
                ? SmokePart.take(new SessionBoard(event.getSession()), event.getProject())
                : Optional.empty();
    }

    /** The modules that broke come first, and of them that with the root cause. */
    private void summaries(MavenSession session) {
        FailureText failures = new FailureText();
        List<MavenProject> broken = session.getProjects().stream()
                .filter(project -> clock.module(project.getId()).isBroken())
                .sorted(Comparator.comparing(this::cause, BrokenStage.BY_CAUSE))
                .toList();
        broken.forEach(project -> summary(session, project, failures));
        session.getProjects().stream()
                .filter(project -> !broken.contains(project))
                .forEach(project -> summary(session, project, failures));
    }

    /** What broke first in a module that is broken. */
    private BuildRecord.Stage cause(MavenProject project) {
        return stages.of(project).stream()
                .filter(SummaryText::isBroken)
                .min(BrokenStage.BY_CAUSE)
                .orElseThrow();
    }

    private void summary(MavenSession session, MavenProject project, FailureText failures) {
        SessionBoard board = new SessionBoard(session);
        Map<String, String> facts = facts(board, project);
        boolean broken = clock.module(project.getId()).isBroken()
                && !BuildPlan.of(session).stages().isEmpty();
        boolean told = !facts.isEmpty()
                && (BuildPlan.imagePlugin(project, session).isPresent()
                        || BuildPlan.uploadPlugin(project, session).isPresent());
        if (broken || told || HeldUpload.is(board, project)) {
            SummaryText.lines(
                            project.getArtifactId(),
                            stages.of(project),
                            facts,
                            failures,
                            stage -> stages.reports(project, stage))
                    .forEach(out);
        }
    }

    private static Map<String, String> facts(SessionBoard board, MavenProject project) {
        Map<String, String> facts = new LinkedHashMap<>();
        FACTS.forEach(name -> board.fact(project, name).ifPresent(value -> facts.put(name, value)));
        return facts;
    }
}
