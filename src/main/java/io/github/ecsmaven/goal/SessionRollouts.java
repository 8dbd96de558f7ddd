package io.github.ecsmaven.goal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.BuildSuccess;
import org.apache.maven.execution.BuildSummary;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** How the rollouts of a session's modules stand, for what may only come after them. Thread-safe, also among class realms. */
public final class SessionRollouts {
    private final MavenSession session;
    /** By module; JDK types only, see {@link SessionBoard}. */
    private final Map<Object, Object> states;

    @SuppressWarnings("unchecked")
    public SessionRollouts(MavenSession session) {
        this.session = session;
        this.states = new SessionBoard(session).shared("rollouts of modules", Map.class, LinkedHashMap::new);
    }

    /** The module is going to come to {@code ecs:redeploy}. */
    public void expect(MavenProject module) {
        note(module, UploadTurn.State.TO_COME);
    }

    /** The module is a library. */
    void none(MavenProject module) {
        synchronized (states) {
            states.remove(Reactor.name(module));
            states.notifyAll();
        }
    }

    void begun(MavenProject module) {
        note(module, UploadTurn.State.BEGUN);
    }

    void ended(MavenProject module, boolean well) {
        note(module, well ? UploadTurn.State.COMPLETED : UploadTurn.State.FAILED);
    }

    private void note(MavenProject module, UploadTurn.State state) {
        synchronized (states) {
            states.put(Reactor.name(module), state.name());
            states.notifyAll();
        }
    }

    /** Waits until none is under way. */
    void awaitEnds() throws InterruptedException {
        synchronized (states) {
            while (states.containsValue(UploadTurn.State.BEGUN.name())) {
                states.wait();
            }
        }
    }

    /** Those that are known, in the reactor's order. */
    List<UploadTurn.Module> modules() {
        List<UploadTurn.Module> known = new ArrayList<>();
        synchronized (states) {
            for (MavenProject module : session.getProjects()) {
                if (states.get(Reactor.name(module)) instanceof String state) {
                    known.add(new UploadTurn.Module(
                            module.getArtifactId(), UploadTurn.State.valueOf(state), succeeded(module)));
                }
            }
        }
        return known;
    }

    /** Empty while Maven is not done with it. */
    private Optional<Boolean> succeeded(MavenProject module) {
        @Nullable BuildSummary summary = session.getResult().getBuildSummary(module);
        return Optional.ofNullable(summary).map(one -> one instanceof BuildSuccess);
    }
}
