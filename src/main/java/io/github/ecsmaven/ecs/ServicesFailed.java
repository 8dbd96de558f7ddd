package io.github.ecsmaven.ecs;

import io.github.ecsmaven.Problem;
import io.github.ecsmaven.Problem.Blame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes one problem of those of several services. Pure. */
final class ServicesFailed {
    private ServicesFailed() {}

    /**
     * @param problems by service, at least one
     * @param services how many were asked for
     */
    static Problem told(Map<String, Problem> problems, int services) {
        if (problems.size() == 1) {
            return problems.values().iterator().next();
        }
        List<String> evidence = new ArrayList<>();
        problems.forEach((service, problem) -> {
            evidence.add(service + ": " + problem.what());
            problem.evidence().forEach(line -> evidence.add("  " + line));
        });
        List<String> next =
                problems.values().stream().map(Problem::next).distinct().toList();
        boolean machine = problems.values().stream().anyMatch(problem -> problem.blame() == Blame.MACHINE);
        return new Problem(
                machine ? Blame.MACHINE : Blame.PROJECT,
                problems.size() + " of " + services + " services failed: " + String.join(", ", problems.keySet()) + ".",
                evidence,
                String.join(" ", next),
                problems.values().iterator().next());
    }
}
