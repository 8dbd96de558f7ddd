package io.github.ecsmaven.ci;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a pipeline hands over the variables that the project's notifications take from the environment; nothing where there are none. */
final class NotificationSecrets {
    private NotificationSecrets() {}

    /**
     * The part of the file that does.
     *
     * @param begin before all
     * @param line of a variable
     * @param end behind all
     */
    static String block(ProjectFacts project, String begin, UnaryOperator<String> line, String end) {
        return project.secrets().isEmpty()
                ? ""
                : project.secrets().stream().map(line).collect(Collectors.joining("\n", begin, end));
    }

    /**
     * What has to be set up, with these.
     *
     * @param others that has to be, too
     * @param name under which the product keeps a variable
     * @param sentence of all names
     */
    static List<String> toSet(
            ProjectFacts project, List<String> others, UnaryOperator<String> name, UnaryOperator<String> sentence) {
        Stream<String> secrets = project.secrets().isEmpty()
                ? Stream.of()
                : Stream.of(sentence.apply(project.secrets().stream().map(name).collect(Collectors.joining(", "))));
        return Stream.concat(others.stream(), secrets).toList();
    }
}
