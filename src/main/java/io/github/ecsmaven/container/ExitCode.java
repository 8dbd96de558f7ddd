package io.github.ecsmaven.container;

import java.util.Map;

/** What a container's exit code means, as Docker and shells use it. */
final class ExitCode {
    private static final Map<Integer, String> MEANINGS = Map.of(
            0, "it ended by itself without an error; a service has to keep running",
            1, "the application ended with an error",
            125, "the engine could not run it",
            126, "the entrypoint can't be executed",
            127, "the entrypoint was not found",
            134, "it aborted (SIGABRT)",
            137, "it was killed (SIGKILL), perhaps for lack of memory",
            139, "it crashed (SIGSEGV)",
            143, "it was asked to stop (SIGTERM)");

    private ExitCode() {}

    static String meaning(Observation.State state) {
        if (state.outOfMemory()) {
            return "it was killed for using more memory than it may";
        }
        String known = MEANINGS.get(state.exitCode());
        if (known != null) {
            return known;
        }
        return state.exitCode() > 128
                ? "it was ended by signal " + (state.exitCode() - 128)
                : "the application ended with an error";
    }

    /** What helps, beginning in lower case. */
    static String next(Observation.State state) {
        if (state.outOfMemory() || state.exitCode() == 137) {
            return "give the application less heap (ecs.container.jvmFlags) or the engine more memory, then run again";
        }
        if (state.exitCode() == 126 || state.exitCode() == 127) {
            return "correct ecs.container.entrypoint, or use a base image that has what it calls (ecs.from.image)";
        }
        if (state.exitCode() == 0) {
            return "check ecs.container.mainClass: it has to be the class that starts the server";
        }
        return "correct what the log says; environment variables for the test are ecs.test.environment.NAME=value";
    }
}
