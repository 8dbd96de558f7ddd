package io.github.ecsmaven.container;

/**
 * What one look at a container has shown.
 *
 * @param state what the engine says of it
 * @param probe what its port says
 * @param lineSeen true when a log line has matched
 */
record Observation(State state, Probe probe, boolean lineSeen) {
    /**
     * @param running true while its process runs
     * @param exitCode how the process ended
     * @param outOfMemory true when the kernel killed it at its memory limit
     * @param error what the engine says about the end; often empty
     */
    record State(boolean running, int exitCode, boolean outOfMemory, String error) {
        static final State RUNNING = new State(true, 0, false, "");
    }

    /** What the published port answered. */
    sealed interface Probe {
        /**
         * @param status HTTP's
         * @param body the start of an error's body, on one line; empty for a status below 400
         */
        record Http(int status, String body) implements Probe {}

        /** Something listens. */
        record Open() implements Probe {}

        /** @param why nothing listens, or nothing came back */
        record Silent(String why) implements Probe {}

        /** There was nothing to ask. */
        record NotAsked() implements Probe {}
    }
}
