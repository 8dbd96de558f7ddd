package io.github.ecsmaven.ecs.verdict;

/** What a container's exit code means. */
public final class ExitCode {
    private ExitCode() {}

    /** A few words for a code; empty when it has no meaning of its own. */
    static String meaning(int code) {
        return switch (code) {
            case 0 -> "the application ended by itself";
            case 1 -> "the application ended with an error";
            case 2 -> "the command is not used as it should be";
            case 125 -> "the container could not be started";
            case 126 -> "the command can't be executed";
            case 127 -> "the command was not found";
            case 134 -> "the JVM crashed";
            case 137 -> "killed, perhaps for want of memory";
            case 139 -> "crashed in native code";
            case 143 -> "ended by SIGTERM";
            case 255 -> "the application ended with -1";
            default -> "";
        };
    }
}
