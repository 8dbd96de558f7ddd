package io.github.ecsmaven.lifecycle.resume;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Maven call that goes on where those before it ended ({@code ecs.resume}), and notes how far it came itself. */
public final class ResumeCall {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeCall.class);

    private final MavenSession session;
    private final List<String> goals;
    private final LifecycleExecutor lifecycle;
    private final Clock clock;
    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, Resumable> resumed = new LinkedHashMap<>();
    private final Map<String, String> reached = new ConcurrentHashMap<>();

    private ResumeCall(MavenSession session, List<String> goals, LifecycleExecutor lifecycle, Clock clock) {
        this.session = session;
        this.goals = List.copyOf(goals);
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    /** A call without {@code ecs.resume} that runs phases: what was noted of earlier ones holds no longer. */
    public static void forget(MavenSession session, List<String> goals) {
        if (!Phases.called(goals).isEmpty() || cleans(goals)) {
            session.getProjects().forEach(project -> quietly(project, ModuleState::forget));
        }
    }

    /**
     * Takes out of each module's bindings what need not be run again.
     *
     * @param goals of the call
     */
    public static ResumeCall begin(MavenSession session, List<String> goals, LifecycleExecutor lifecycle, Clock clock) {
        ResumeCall call = new ResumeCall(session, goals, lifecycle, clock);
        call.begin();
        return call;
    }

    private void begin() {
        Fingerprints fingerprints = new Fingerprints(all());
        Map<String, Resumable> told = new LinkedHashMap<>();
        boolean recorded = false;
        for (MavenProject project : session.getProjects()) {
            ModuleState state = new ModuleState(project);
            sources.put(project.getId(), fingerprints.of(project));
            Optional<PhaseRecord> record = state.read();
            recorded |= record.isPresent();
            Resumable resumable = record.map(done -> resume(project, state, done))
                    .orElseGet(() -> Resumable.nothing("no earlier call has left target/ecs/phases.json"));
            resumed.put(project.getId(), resumable);
            told.put(project.getArtifactId(), resumable);
        }
        if (!Phases.called(goals).isEmpty()) {
            if (recorded) {
                ResumeText.lines(told, goals).forEach(LOG::info);
            } else {
                LOG.info("Nothing to resume: no earlier call has left target/ecs/phases.json.");
            }
        }
    }

    private List<MavenProject> all() {
        @Nullable List<MavenProject> all = session.getAllProjects();
        return all == null ? session.getProjects() : all;
    }

    private Resumable resume(MavenProject project, ModuleState state, PhaseRecord record) {
        Resumable resumable = cleans(goals)
                ? Resumable.nothing("clean is part of this call")
                : Resumable.evaluate(record, state.now(source(project)));
        if (!resumable.phases().isEmpty()) {
            try {
                List<MojoExecution> plan = plan(project);
                if (resumable.phases().size() < record.phases().size()) {
                    // Before they are run again: a call that is cut off leaves half of what they make.
                    state.write(record.withPhases(List.copyOf(resumable.phases())));
                }
                state.putBack(record, resumable.phases());
                List<String> skipped = SkipGoals.run(project, plan, resumable.phases());
                LOG.debug("{}: {} are done; left out: {}", project.getId(), resumable.phases(), skipped);
                return resumable;
            } catch (Exception unknown) {
                // What Maven would say of it, it says in the module's own turn.
                resumable = Resumable.nothing("what will run isn't known yet (" + unknown.getMessage() + ")");
            }
        }
        state.forget();
        return resumable;
    }

    /** What this call would run in a module; a plugin's version and its goals' phases may have to be looked up. */
    private List<MojoExecution> plan(MavenProject project) throws Exception {
        String[] phases = goals.stream().filter(goal -> !goal.contains(":")).toArray(String[]::new);
        if (phases.length == 0) {
            return List.of();
        }
        MavenProject current = session.getCurrentProject();
        session.setCurrentProject(project);
        try {
            return lifecycle.calculateExecutionPlan(session, false, phases).getMojoExecutions();
        } finally {
            session.setCurrentProject(current);
        }
    }

    private String source(MavenProject project) {
        return sources.getOrDefault(project.getId(), "");
    }

    private static boolean cleans(List<String> goals) {
        return goals.stream()
                .anyMatch(goal -> List.of("clean", "pre-clean", "post-clean").contains(goal)
                        || goal.matches("clean:clean(@.*)?|.*:maven-clean-plugin(:[^:]+)?:clean(@.*)?"));
    }

    /** The phases of a module that this call need not run. */
    public Set<String> done(MavenProject project) {
        Resumable state = resumed.get(project.getId());
        return state == null ? Set.of() : state.phases();
    }

    /** @param phase of a goal that begins */
    public void reached(MavenProject project, String phase) {
        reached.put(project.getId(), Phases.known(phase));
    }

    /**
     * A module has ended: notes the phases that are done now.
     *
     * @param whole false when one of its goals failed
     */
    public void ended(MavenProject project, boolean whole, Set<LeftOut> leftOut) {
        @Nullable String last = reached.get(project.getId());
        Set<String> ran = whole ? Phases.called(goals) : last == null ? Set.of() : Phases.before(last);
        Set<String> before = done(project);
        Set<String> now = new LinkedHashSet<>(before);
        now.addAll(Phases.counted(ran, leftOut));
        if (!before.containsAll(now)) {
            String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            quietly(project, state -> state.write(state.record(time, source(project), now)));
        }
    }

    /** A build does not fail for what the next one would go on from. */
    private static void quietly(MavenProject project, Consumer<ModuleState> part) {
        ModuleState state = new ModuleState(project);
        try {
            part.accept(state);
        } catch (UncheckedIOException trouble) {
            LOG.warn(
                    "What is done in {} could not be noted: {}.\nNext: check the disk and the permissions of {}.",
                    project.getArtifactId(),
                    String.valueOf(trouble.getCause()),
                    state.file());
        }
    }
}
