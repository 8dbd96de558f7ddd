package io.github.ecsmaven.container;

import io.github.ecsmaven.Problem;
import java.util.List;

/** Lets create commands through until the end, and knows which are under way: what they make has to be ended too. */
final class CreateGate {
    private static final long WAIT_NANOS = 10_000_000_000L;

    private int open;
    private boolean ended;

    /**
     * One create command: under way until the engine has said the id, or has refused.
     *
     * @throws Problem when the end has begun
     */
    synchronized Pass enter() {
        if (ended) {
            throw Problem.ofMachine(
                    "The build is ending, and no more containers are started", List.of(), "run the build again", null);
        }
        open++;
        return new Pass();
    }

    /** Lets nothing through any more, and waits for what is under way, ten seconds at most. */
    synchronized void end() {
        ended = true;
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (open > 0 && System.nanoTime() < deadline) {
            await();
        }
    }

    private void await() {
        try {
            wait(100);
        } catch (InterruptedException e) {
            // Nothing interrupts the end: a container would be left.
        }
    }

    /** Left more than once, it counts once. */
    final class Pass implements AutoCloseable {
        private boolean through;

        @Override
        public void close() {
            leave();
        }

        /** What was made is noted. */
        void leave() {
            synchronized (CreateGate.this) {
                if (!through) {
                    through = true;
                    open--;
                    CreateGate.this.notifyAll();
                }
            }
        }
    }
}
