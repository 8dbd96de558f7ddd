package io.github.ecsmaven.container;

import com.github.dockerjava.api.exception.NotFoundException;
import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The words for a container that did not get ready. */
final class StartProblem {
    private static final int LINES_WHEN_LATE = 20;

    private StartProblem() {}

    static Problem died(ContainerRequest request, Observation.State state, List<String> lines) {
        List<String> evidence = new ArrayList<>();
        evidence.add("Exit code " + state.exitCode() + ": " + ExitCode.meaning(state) + ".");
        if (!state.error().isEmpty()) {
            evidence.add("The engine says: " + state.error());
        }
        addLines(evidence, request, lines);
        return Problem.ofProject(
                "The container of '" + request.image() + "' ended before it was ready, with exit code "
                        + state.exitCode(),
                evidence,
                ExitCode.next(state));
    }

    static Problem tooLate(ContainerRequest request, String last, Collection<Integer> otherPorts, List<String> lines) {
        List<String> evidence = new ArrayList<>();
        evidence.add("Last answer: " + last);
        String next = "raise ecs.test.timeout, or correct what is asked (ecs.test.port, ecs.test.wait.path,"
                + " ecs.test.wait.log)";
        if (!otherPorts.isEmpty()) {
            String ports =
                    String.join(", ", otherPorts.stream().map(String::valueOf).toList());
            evidence.add("Port " + request.port() + " was asked; the image exposes " + ports + ".");
            next = "set ecs.test.port to the port that the application listens on, or raise ecs.test.timeout";
        }
        addLines(evidence, request, lines.subList(Math.max(0, lines.size() - LINES_WHEN_LATE), lines.size()));
        return Problem.ofProject(
                "The container of '" + request.image() + "' was not ready within "
                        + DurationText.show(request.timeout()),
                evidence,
                next);
    }

    static Problem notStarted(ContainerRequest request, RuntimeException thrown) {
        String why = Causes.rootText(thrown);
        String what = "The container of '" + request.image() + "' can't be started";
        if (why.contains("No such image") || Causes.isA(thrown, NotFoundException.class) && why.contains("image")) {
            return Problem.ofProject(what, List.of(why), "build the image first: ecs:image runs before ecs:start");
        }
        if (why.contains("network") && why.contains("not found")) {
            return Problem.ofProject(what, List.of(why), "create the network that ecs.test.network names");
        }
        if (why.contains("executable file not found") || why.contains("no such file or directory")) {
            Observation.State state = new Observation.State(false, 127, false, "");
            return Problem.ofProject(
                    what, List.of("Exit code 127: " + ExitCode.meaning(state) + ".", why), ExitCode.next(state));
        }
        return Problem.ofMachine(what, List.of(why), "check the engine with 'docker info', then run again", thrown);
    }

    private static void addLines(List<String> evidence, ContainerRequest request, List<String> lines) {
        if (lines.isEmpty()) {
            evidence.add("It wrote nothing to its log.");
            return;
        }
        evidence.add("Last lines of its log (" + request.log() + "):");
        lines.forEach(line -> evidence.add("  " + line));
    }
}
