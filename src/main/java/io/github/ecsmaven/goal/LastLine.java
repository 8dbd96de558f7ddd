package io.github.ecsmaven.goal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The line that is told when a signal (Ctrl-C, {@code SIGTERM}) ends Maven: its threads are not interrupted then, so that no goal
 * gets to say anything. It is withdrawn before a normal end of Maven, whose class realm is closed when hooks run.
 */
final class LastLine {
    /** Where a JVM keeps its shutdown hooks. */
    interface Hooks {
        /** @throws IllegalStateException when the JVM is ending */
        void add(Thread hook);

        /** @throws IllegalStateException when the JVM is ending */
        void remove(Thread hook);

        static Hooks ofJvm() {
            return new Hooks() {
                @Override
                public void add(Thread hook) {
                    Runtime.getRuntime().addShutdownHook(hook);
                }

                @Override
                public void remove(Thread hook) {
                    Runtime.getRuntime().removeShutdownHook(hook);
                }
            };
        }
    }

    private final Hooks hooks;
    private final Consumer<String> out;
    private final AtomicReference<@Nullable String> line = new AtomicReference<>();
    private @Nullable Thread hook;

    /** @param out is called by the hook: Maven's log may be closed by then */
    LastLine(Hooks hooks, Consumer<String> out) {
        this.hooks = hooks;
        this.out = out;
    }

    /** From now on this is what would be told. */
    synchronized void set(String text) {
        line.set(text);
        if (hook != null) {
            return;
        }
        hook = new Thread(this::tell, "ecs-last-line");
        try {
            hooks.add(hook);
        } catch (IllegalStateException ending) {
            tell();
        }
    }

    /** There is nothing to tell any more. */
    synchronized void withdraw() {
        line.set(null);
        if (hook == null) {
            return;
        }
        try {
            hooks.remove(hook);
        } catch (IllegalStateException ending) {
            // The hook runs, or has run: it tells what was true then.
        }
        hook = null;
    }

    /** Once, and without a lock that who sets a line may hold. */
    private void tell() {
        String text = line.getAndSet(null);
        if (text != null) {
            out.accept(text);
        }
    }
}
