package io.github.ecsmaven.sandbox.wire;

/** A part of the sandbox that works on its own, beside answering requests: the scheduler with its containers. */
public interface Part extends AutoCloseable {
    /** True while something runs that a user would miss: the sandbox then doesn't stop for being idle. */
    boolean busy();

    /**
     * Ends what runs outside of this process, for {@code ecs:sandbox-stop}; returns when it is gone.
     *
     * @param forget true: the stored state goes too
     */
    void stop(boolean forget);

    /** The process ends (also by a signal): threads stop, containers and state stay for the next start. */
    @Override
    void close();
}
