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
     * @param services all that were asked for, in order
     * @param problems by service, at least one
     * @param others what became of the services without a problem, a sentence each, by service
     */
    static Problem told(List<String> services, Map<String, Problem> problems, Map<String, String> others) {
        List<String> failed = services.stream().filter(problems::containsKey).toList();
        List<Problem> told = failed.stream().map(problems::get).toList();
        List<String> rest =
                services.stream().filter(others::containsKey).map(others::get).toList();
        return told.size() == 1 ? one(told.get(0), rest) : several(services.size(), failed, told, rest);
    }

    private static Problem one(Problem problem, List<String> rest) {
        if (rest.isEmpty()) {
            return problem;
        }
        List<String> evidence = new ArrayList<>(problem.evidence());
        evidence.addAll(rest);
        return new Problem(problem.blame(), problem.what(), evidence, problem.next(), problem);
    }

    private static Problem several(int services, List<String> failed, List<Problem> told, List<String> rest) {
        boolean oneWay = told.stream().map(Problem::next).distinct().count() == 1;
        List<String> evidence = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            Problem problem = told.get(i);
            evidence.add(failed.get(i) + ": " + problem.what());
            problem.evidence().forEach(line -> evidence.add("  " + line));
            if (!oneWay) {
                evidence.add("  Next: " + problem.next());
            }
        }
        evidence.addAll(rest);
        boolean machine = told.stream().anyMatch(problem -> problem.blame() == Blame.MACHINE);
        Problem all = new Problem(
                machine ? Blame.MACHINE : Blame.PROJECT,
                told.size() + " of " + services + " services failed: " + String.join(", ", failed) + ".",
                evidence,
                oneWay ? told.get(0).next() : "do what stands with each of them.",
                told.get(0));
        // With -e each has its stack trace.
        told.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }
}
