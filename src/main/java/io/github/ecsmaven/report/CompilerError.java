package io.github.ecsmaven.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line on which a compiler stumbled.
 *
 * @param file below the project's top folder when it lies there, with {@code /}
 * @param line in that file
 * @param message the compiler's, one line
 */
public record CompilerError(String file, int line, String message) {
    /**
     * Of javac and the Eclipse compiler {@code A.java:[5,13] message}, of Kotlin {@code A.kt: (5, 13) message} and {@code A.kt:5:13 message},
     * of Scala {@code A.scala:9: error: message}. Without that word it may be a host with its port.
     */
    private static final Pattern PLACED = Pattern.compile("(?:\\[ERROR] )?(?:file://)?(\\S.*?\\.[A-Za-z]{1,8}):"
            + "(?: ?[\\[(](\\d{1,9})(?:, ?\\d+)?[\\])]|(\\d{1,9}):(?:\\d+:?|(?= error:))) (?:error: )?(.*\\S)");

    /** In the order of the compiler, each once; none when it was no compiler that failed. */
    public static List<CompilerError> in(BuildRecord.StageError error) {
        // A single line stands in the place of the sentence.
        return Stream.concat(Stream.of(error.what()), error.evidence().stream())
                .flatMap(line -> of(line).stream())
                .distinct()
                .toList();
    }

    static Optional<CompilerError> of(String text) {
        Matcher placed = PLACED.matcher(text);
        if (!placed.matches()) {
            return Optional.empty();
        }
        String line = placed.group(2) == null ? placed.group(3) : placed.group(2);
        return Optional.of(
                new CompilerError(placed.group(1).replace('\\', '/'), Integer.parseInt(line), placed.group(4)));
    }
}
