package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.HeldUpload;
import io.github.ecsmaven.goal.SessionBoard;
import io.github.ecsmaven.goal.SmokePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.maven.execution.BuildFailure;
import org.apache.maven.execution.BuildSummary;
import org.apache.maven.execution.MavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Waits at the end of a session for the rollouts that go on behind their goals, then has done what was put off until after them, and
 * makes each that failed a failure of its module: Maven looks for failures after its listeners have heard of the end.
 */
final class AwaitRollouts {
    private final MavenSession session;
    private final SessionBoard board;
    private final StageClock clock;

    AwaitRollouts(MavenSession session, StageClock clock) {
        this.session = session;
        this.board = new SessionBoard(session);
        this.clock = clock;
    }

    /** @return the failures, which the session has heard of */
    List<Exception> run() {
        List<Exception> failures = new ArrayList<>(ends(board::nextBehind, List.of(Stage.ROLLOUT, Stage.ROLLBACK)));
        failures.addAll(ends(board::nextAfterAll, List.of(Stage.UPLOAD)));
        // The module of the first one is that from which Maven says to resume (-rf): no failed one may stand before it.
        session.getResult().getExceptions().sort(Comparator.comparingInt(this::place));
        return failures;
    }

    /** @return the failures, which the session has heard of */
    private List<Exception> ends(Supplier<Optional<Callable<?>>> works, List<Stage> stages) {
        List<Exception> failures = new ArrayList<>();
        Optional<Callable<?>> next;
        while ((next = works.get()).isPresent()) {
            outcome(next.get()).ifPresent(failures::add);
        }
        for (MavenProject project : session.getProjects()) {
            for (Stage stage : stages) {
                board.fact(project, stage.text() + " nanos")
                        .ifPresent(nanos -> note(project, stage, Duration.ofNanos(Long.parseLong(nanos)), failures));
            }
        }
        failures.forEach(session.getResult()::addException);
        return failures;
    }

    /** Of the module in the reactor; a failure of none stands first. */
    private int place(Throwable failure) {
        return failure instanceof LifecycleExecutionException of
                ? session.getProjects().indexOf(of.getProject())
                : -1;
    }

    private static Optional<Exception> outcome(Callable<?> behind) {
        try {
            return Optional.ofNullable((Exception) behind.call());
        } catch (Exception broken) {
            return Optional.of(broken);
        }
    }

    private void note(MavenProject project, Stage stage, Duration took, List<Exception> failures) {
        Optional<Exception> failure = failures.stream()
                .filter(one -> one instanceof LifecycleExecutionException of && project.equals(of.getProject()))
                .findFirst();
        StageClock.End end = failure.isEmpty()
                ? StageClock.End.DONE
                : Interruption.isBehind(
                                failure.get(), Thread.currentThread().isInterrupted(), Interruption.isJvmEnding())
                        ? StageClock.End.INTERRUPTED
                        : StageClock.End.FAILED;
        failure.ifPresent(one -> fail(project, took, one));
        if (stage == Stage.UPLOAD && HeldUpload.is(board, project)) {
            // Its goal has only put it off.
            clock.forget(project.getId(), stage);
            return;
        }
        SmokePart.take(board, project)
                .ifPresentOrElse(
                        smoke -> clock.split(project.getId(), stage, took, end, failure.orElse(null), smoke),
                        () -> clock.add(project.getId(), stage, took, end, failure.orElse(null)));
    }

    private void fail(MavenProject project, Duration took, Exception failure) {
        MavenExecutionResult result = session.getResult();
        @Nullable BuildSummary until = result.getBuildSummary(project);
        long time = (until == null ? 0 : until.getTime()) + took.toMillis();
        result.addBuildSummary(new BuildFailure(project, time, failure));
    }
}
