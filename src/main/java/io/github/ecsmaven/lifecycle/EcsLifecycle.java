package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.CalledGoals;
import io.github.ecsmaven.goal.Reactor;
import io.github.ecsmaven.goal.SessionBoard;
import io.github.ecsmaven.goal.SessionRollouts;
import io.github.ecsmaven.goal.SessionSecrets;
import io.github.ecsmaven.lifecycle.resume.ResumeCall;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.MavenExecutionException;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The build extension: binds the goals where the user has not, measures the stages, and ends what the session started. It
 * loads nothing but the JDK and Maven, since it is part of every build, {@code mvn test} too.
 */
public final class EcsLifecycle extends AbstractMavenLifecycleParticipant {
    static final String PLUGIN = "io.github.ecsmaven:ecs-maven-plugin";

    private static final Logger LOG = LoggerFactory.getLogger(EcsLifecycle.class);

    /** Filled by the container; the session of Maven 4 has none to ask. */
    private @Nullable SettingsDecrypter decrypter;

    /** Filled by the container too. */
    private @Nullable LifecycleExecutor lifecycle;

    private final Map<MavenSession, LeaveRecord> records = new ConcurrentHashMap<>();

    @Override
    public void afterProjectsRead(MavenSession session) {
        List<MavenProject> users = session.getProjects().stream()
                .filter(project -> project.getPlugin(PLUGIN) != null)
                .toList();
        if (users.isEmpty()) {
            return;
        }
        warnOfUnknownProperties(users, session);
        DeployTarget target = new DeployTarget(PluginSettings.given(session));
        session.getProjects().forEach(target::skipWhenNowhere);
        Optional<Boolean> resume = ResumeSettings.on(users, session);
        boolean bound = bind(users, session, resume.isEmpty());
        listen(session, bound, resume.orElse(false));
    }

    private static void warnOfUnknownProperties(List<MavenProject> users, MavenSession session) {
        KnownProperties known = KnownProperties.ofThisPlugin();
        Set<String> unknown = new TreeSet<>(known.complaints(session.getUserProperties()));
        users.forEach(project -> unknown.addAll(known.complaints(project.getProperties())));
        unknown.forEach(LOG::warn);
    }

    /**
     * @param refuse a value is wrong that is read before the goals which would refuse it
     * @return whether some module gets an image
     */
    private static boolean bind(List<MavenProject> users, MavenSession session, boolean refuse) {
        boolean bound = false;
        Properties given = PluginSettings.given(session);
        IntegrationTests tests = new IntegrationTests(given);
        BuildPlan plan = BuildPlan.of(session);
        for (MavenProject project : users) {
            Optional<Plugin> plugin = BuildPlan.imagePlugin(project, session);
            plugin.ifPresent(ours -> {
                tests.skipWithoutContainer(project, ours);
                if (plan.reachesTests() || refuse) {
                    BindGoals.bindValidate(ours, Reactor.isModule(session, project));
                }
                if (plan.deploys()) {
                    boolean sandbox = PluginSettings.of(ours, project, session).on("sandbox", "ecs.sandbox");
                    BindGoals.bindPreflight(ours, preflightPhase(Reactor.isModule(session, project), sandbox));
                }
                if (plan.stages().contains(Stage.ROLLOUT)) {
                    new SessionRollouts(session).expect(project);
                }
                BindGoals.bind(project, ours, given);
                if (plan.reachesTests()) {
                    BindGoals.bindPrebuild(ours);
                }
            });
            Optional<Plugin> upload = BuildPlan.uploadPlugin(project, session);
            upload.ifPresent(BindGoals::bindUpload);
            upload.filter(front -> plan.reachesTests()).ifPresent(front -> BindGoals.bindValidate(front, false));
            bound |= plugin.isPresent() || upload.isPresent();
        }
        return bound;
    }

    private void listen(MavenSession session, boolean bound, boolean resume) {
        Optional<ResumeCall> call = resume(session, resume);
        StageClock clock = new StageClock(System::nanoTime, Instant.now());
        SessionSecrets secrets = new SessionSecrets(session, Optional.ofNullable(decrypter));
        RecordStages stages =
                new RecordStages(session, clock, secrets, project -> call.map(resumed -> resumed.done(project))
                        .orElse(Set.of()));
        call.ifPresent(resumed -> session.getRequest()
                .setExecutionListener(new PhaseListener(
                        session.getRequest().getExecutionListener(),
                        resumed,
                        project -> ResumeSettings.leftOut(project, session, stages))));
        if (bound) {
            ExecutionListener original = session.getRequest().getExecutionListener();
            Optional<LeaveRecord> record = LeaveRecord.begin(session, clock, stages, secrets, LOG::warn);
            record.ifPresent(leave -> records.put(session, leave));
            session.getRequest()
                    .setExecutionListener(
                            new StageListener(original, clock, new SandboxAhead(session), stages, record, LOG::info));
            new SessionBoard(session).callAtEnd();
        }
    }

    private Optional<ResumeCall> resume(MavenSession session, boolean on) {
        List<String> goals = CalledGoals.of(session);
        if (!on || lifecycle == null) {
            ResumeCall.forget(session, goals);
            return Optional.empty();
        }
        return Optional.of(ResumeCall.begin(session, goals, lifecycle, Clock.systemUTC()));
    }

    /**
     * As early as may be. Among modules only the compiled classes tell a service from a library. The sandbox starts beside the
     * build, which must not wait for it before the tests; so there it is right before the push.
     */
    private static String preflightPhase(boolean module, boolean sandbox) {
        if (sandbox) {
            return "install";
        }
        return module ? "process-classes" : "initialize";
    }

    @Override
    public void afterSessionEnd(MavenSession session) throws MavenExecutionException {
        // Mostly done already; where another listener has taken the place of ours a failure must not be lost.
        List<Exception> failed = new AwaitRollouts(session, new StageClock(System::nanoTime, Instant.now())).run();
        Optional.ofNullable(records.remove(session)).ifPresent(LeaveRecord::sessionEnded);
        new SessionBoard(session).end();
        if (!failed.isEmpty()) {
            throw new MavenExecutionException(failed.get(0).getMessage(), failed.get(0));
        }
    }
}
