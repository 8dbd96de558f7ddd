package io.github.ecsmaven.container;

import com.github.dockerjava.api.exception.NotFoundException;
import io.github.ecsmaven.DurationText;
import io.github.ecsmaven.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The words for a container that did not get ready. */
final class StartProblem {
    private static final int LINES_WHEN_LATE = 20;

    private StartProblem() {}

    static Problem died(Wanted wanted, Observation.State state, List<String> lines) {
        List<String> evidence = new ArrayList<>();
        evidence.add("Exit code " + state.exitCode() + ": " + ExitCode.meaning(state) + ".");
        if (!state.error().isEmpty()) {
            evidence.add("The engine says: " + state.error());
        }
        addLines(evidence, wanted.log(), lines);
        Subject subject = wanted.subject();
        return Problem.ofProject(
                subject.text() + " ended before it was ready, with exit code " + state.exitCode(),
                evidence,
                subject.nextWhenDied(state));
    }

    static Problem tooLate(Wanted wanted, String last, Collection<Integer> otherPorts, List<String> lines) {
        Subject subject = wanted.subject();
        List<String> evidence = new ArrayList<>();
        evidence.add("Last answer: " + last);
        String next = "raise ecs.test.timeout, or correct what is asked (" + subject.asked() + ")";
        if (!otherPorts.isEmpty() && wanted.port().isPresent()) {
            String ports =
                    String.join(", ", otherPorts.stream().map(String::valueOf).toList());
            evidence.add("Port " + wanted.port().get() + " was asked; the image exposes " + ports + ".");
            next = "set " + subject.portProperty() + " to the port that it listens on, or raise ecs.test.timeout";
        }
        addLines(evidence, wanted.log(), lines.subList(Math.max(0, lines.size() - LINES_WHEN_LATE), lines.size()));
        return Problem.ofProject(
                subject.text() + " was not ready within " + DurationText.show(wanted.timeout()), evidence, next);
    }

    static Problem notStarted(Wanted wanted, RuntimeException thrown) {
        String why = Causes.rootText(thrown);
        Subject subject = wanted.subject();
        String what = subject.text() + " can't be started";
        if (why.contains("No such image") || Causes.isA(thrown, NotFoundException.class) && why.contains("image")) {
            return Problem.ofProject(what, List.of(why), subject.nextWithoutImage());
        }
        if (why.contains("executable file not found") || why.contains("no such file or directory")) {
            Observation.State state = new Observation.State(false, 127, false, "");
            return Problem.ofProject(
                    what, List.of("Exit code 127: " + ExitCode.meaning(state) + ".", why), subject.nextWhenDied(state));
        }
        return Problem.ofMachine(what, List.of(why), "check the engine with 'docker info', then run again", thrown);
    }

    /** Adds that a service was not there any more when the application needed it. */
    static void addDeadService(
            List<String> evidence, ServicesRequest.Service service, Observation.State state, List<String> lines) {
        evidence.add(new Subject.Service(service.name(), service.image()).text()
                + " had ended meanwhile, with exit code " + state.exitCode() + ": " + ExitCode.meaning(state) + ".");
        addLines(evidence, service.log(), lines);
    }

    private static void addLines(List<String> evidence, Path log, List<String> lines) {
        if (lines.isEmpty()) {
            evidence.add("It wrote nothing to its log.");
            return;
        }
        evidence.add("Last lines of its log (" + log + "):");
        lines.forEach(line -> evidence.add("  " + line));
    }
}
