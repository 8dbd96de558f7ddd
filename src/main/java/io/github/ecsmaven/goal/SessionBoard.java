package io.github.ecsmaven.goal;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.SessionData;

/**
 * What goals leave for each other and for the end of the session. It lies in the session's own data under JDK types only,
 * since goals that are called on the command line run in another class realm than bound ones.
 */
public final class SessionBoard {
    private static final String PREFIX = "io.github.ecsmaven.";

    private final SessionData data;

    public SessionBoard(MavenSession session) {
        this(session.getRepositorySession().getData());
    }

    SessionBoard(SessionData data) {
        this.data = data;
    }

    /** Notes a fact of a module for the summary, for example {@code digest}. */
    public void note(MavenProject project, String name, String value) {
        data.set(key(project, name), value);
    }

    /** The fact of a module, as far as it was noted. */
    public Optional<String> fact(MavenProject project, String name) {
        return get(key(project, name), String.class);
    }

    /** The same, which is not there any more then. */
    Optional<String> take(MavenProject project, String name) {
        synchronized (data) {
            Optional<String> fact = fact(project, name);
            data.set(key(project, name), null);
            return fact;
        }
    }

    /** True for the first who asks, in this session. */
    boolean first(String what) {
        return data.set(PREFIX + what, null, Boolean.TRUE);
    }

    /** What has to be done when the session ends. */
    public void atEnd(Runnable closing) {
        data.set(PREFIX + "end", closing);
    }

    /** Does what {@link #atEnd} was told, once. */
    public void end() {
        Object closing;
        synchronized (data) {
            data.set(PREFIX + "over", Boolean.TRUE);
            closing = data.get(PREFIX + "end");
            data.set(PREFIX + "end", null);
        }
        if (closing instanceof Runnable runnable) {
            runnable.run();
        }
    }

    /**
     * The value under the name, made when it isn't there.
     *
     * @throws IllegalStateException when it isn't there and the session has ended: what runs in the background may outlast it,
     *     and nobody would close what it makes
     */
    <T> T shared(String name, Class<T> type, Supplier<T> make) {
        // One lock for all class realms of the session; resolver 1.6 has no computeIfAbsent.
        synchronized (data) {
            Optional<T> there = get(PREFIX + name, type);
            return there.orElseGet(() -> {
                if (data.get(PREFIX + "over") != null) {
                    throw new IllegalStateException("The Maven session has ended.");
                }
                T made = make.get();
                data.set(PREFIX + name, made);
                return made;
            });
        }
    }

    /** As {@link #shared}, for a type of this plugin: the goals of another class realm have their own. */
    <T> T inRealm(String name, Class<T> type, Supplier<T> make) {
        return shared(name + " of realm " + System.identityHashCode(type), type, make);
    }

    /** The end of the session is going to call for what goes on behind the goals. */
    public void callAtEnd() {
        data.set(PREFIX + "called at end", Boolean.TRUE);
    }

    /** Whether something may go on behind a goal. */
    boolean isCalledAtEnd() {
        return get(PREFIX + "called at end", Boolean.class).orElse(false);
    }

    /** @param outcome waits for the end of what goes on, and gives what went wrong, or null */
    void goesOn(Callable<Exception> outcome) {
        behind().add(outcome);
    }

    /** What goes on behind the goals, each given once. */
    public Optional<Callable<?>> nextBehind() {
        return Optional.ofNullable((Callable<?>) behind().poll());
    }

    /** @param work what is to be done when all that goes on behind the goals has ended; gives what went wrong, or null */
    void afterAll(Callable<Exception> work) {
        queue("after all").add(work);
    }

    /** What is to be done then, each given once. */
    public Optional<Callable<?>> nextAfterAll() {
        return Optional.ofNullable((Callable<?>) queue("after all").poll());
    }

    private Queue<Object> behind() {
        return queue("behind");
    }

    @SuppressWarnings("unchecked")
    private Queue<Object> queue(String name) {
        return shared(name, Queue.class, ConcurrentLinkedQueue::new);
    }

    /** What went wrong first behind a goal of this session. */
    Optional<String> failedBehind() {
        return get(PREFIX + "failed behind", String.class);
    }

    void failedBehind(String what) {
        data.set(PREFIX + "failed behind", null, what);
    }

    <T> Optional<T> find(String name, Class<T> type) {
        return get(PREFIX + name, type);
    }

    private <T> Optional<T> get(String key, Class<T> type) {
        return Optional.ofNullable(data.get(key)).map(type::cast);
    }

    private static String key(MavenProject project, String name) {
        return PREFIX + name + "@" + Reactor.name(project);
    }
}
