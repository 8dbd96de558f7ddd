package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.CiBuild;
import io.github.ecsmaven.goal.RecordSession;
import io.github.ecsmaven.goal.SessionSecrets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves the record of a build at its end, once. On Ctrl-C the JVM ends beside Maven's own thread, which mostly comes to the
 * session's end a moment later: the hook waits for that, and only then writes what is known itself. Either way it is written
 * while the session is open, so that no class has to be loaded from a realm that is closed.
 */
final class LeaveRecord {
    /** What a CI leaves between its signal and its kill is more: GitHub Actions 7.5 s, Docker 10 s. */
    private static final long GRACE_MILLIS = 1_500;

    /** How much longer one that is being left may take, which may wait for those who are told of it. */
    private static final long REST_MILLIS = 1_500;

    private static final Logger LOG = LoggerFactory.getLogger(LeaveRecord.class);

    private static final Set<Stage> ALONE = Set.of(Stage.PUSH, Stage.ROLLOUT, Stage.UPLOAD, Stage.ROLLBACK);

    private final StageClock clock;
    private final RecordStages stages;
    private final RecordSession record;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock leaving = new ReentrantLock();
    private final Thread hook = new Thread(this::onShutdown, "ecs-record");
    private boolean left;

    private LeaveRecord(StageClock clock, RecordStages stages, RecordSession record) {
        this.stages = stages;
        this.clock = clock;
        this.record = record;
    }

    /**
     * Empty for a build that leaves none: one that is switched off, or that neither comes to the integration tests nor calls
     * a goal that deploys, and is no part of a CI's build.
     *
     * @param secrets are hidden
     * @param warning is told what can't be recorded
     */
    static Optional<LeaveRecord> begin(
            MavenSession session,
            StageClock clock,
            RecordStages stages,
            SessionSecrets secrets,
            Consumer<String> warning) {
        if (!isWorthIt(BuildPlan.of(session), CiBuild.of(System.getenv()))) {
            return Optional.empty();
        }
        RecordSettings settings = RecordSettings.of(session, warning);
        if (!settings.on()) {
            return Optional.empty();
        }
        RecordSession record = RecordSession.begin(
                session, clock.now(), settings.history(), settings.pageRows(), settings.github(), secrets, warning);
        LeaveRecord leave = new LeaveRecord(clock, stages, record);
        try {
            Runtime.getRuntime().addShutdownHook(leave.hook);
        } catch (IllegalStateException ending) {
            // The JVM ends already.
            return Optional.empty();
        }
        return Optional.of(leave);
    }

    static boolean isWorthIt(BuildPlan plan, CiBuild ci) {
        return plan.reachesTests()
                || plan.stages().stream().anyMatch(ALONE::contains)
                || ci.product().isPresent() && !plan.onlyTells();
    }

    /** The session has ended, and Maven's own thread says so. */
    void sessionEnded() {
        leaving.lock();
        try {
            leave(Interruption.isJvmEnding());
        } finally {
            leaving.unlock();
        }
        ended.countDown();
        forgetHook();
    }

    private void onShutdown() {
        try {
            if (!ended.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)
                    && leaving.tryLock(REST_MILLIS, TimeUnit.MILLISECONDS)) {
                leaveByHook();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveByHook() {
        try {
            leave(true);
        } finally {
            leaving.unlock();
        }
    }

    private void leave(boolean interrupted) {
        if (left) {
            return;
        }
        left = true;
        if (interrupted) {
            clock.interruptAll();
        }
        long begun = System.nanoTime();
        record.end(clock.now(), interrupted, stages::of);
        LOG.debug("Recorded in {} ms", (System.nanoTime() - begun) / 1_000_000);
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It runs, and finds that the session has ended.
            return;
        }
    }
}
