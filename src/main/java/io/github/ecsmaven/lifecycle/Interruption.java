package io.github.ecsmaven.lifecycle;

import org.jspecify.annotations.Nullable;

/** Tells a goal that was interrupted from one that failed by itself. */
final class Interruption {
    private Interruption() {}

    /**
     * @param thrown by the goal; it may hide its causes
     * @param threadInterrupted the flag of the goal's thread: who gives up sets it again
     * @param jvmEnding Ctrl-C or a signal: what the goal worked with (a fork, the keeper) is being ended too
     */
    static boolean isBehind(@Nullable Throwable thrown, boolean threadInterrupted, boolean jvmEnding) {
        if (threadInterrupted || jvmEnding) {
            return true;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** The JVM tells it only by refusing a change of its shutdown hooks. */
    static boolean isJvmEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread("never-added"));
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
