package io.github.ecsmaven.goal;

import io.github.ecsmaven.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What goals have said of the values that they were given. Several goals share a value, and modules a pom: each is told once. */
final class BadValues {
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private final Map<String, Set<String>> modules = new LinkedHashMap<>();
    private final boolean inReactor;

    /** @param inReactor true to name the modules too */
    BadValues(boolean inReactor) {
        this.inReactor = inReactor;
    }

    /** Keeps what a reading of values says against them. */
    void read(String module, Runnable reading) {
        try {
            reading.run();
        } catch (Problem problem) {
            add(module, problem);
        }
    }

    private void add(String module, Problem problem) {
        problems.putIfAbsent(problem.text(), problem);
        modules.computeIfAbsent(problem.text(), first -> new TreeSet<>()).add(module);
    }

    /** @throws Problem with all that was said, when something was */
    void refuse() {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> all = problems.values().stream().toList();
        if (all.size() == 1) {
            Problem only = all.get(0);
            throw new Problem(only.blame(), only.what(), evidence(only), only.next(), only);
        }
        List<String> lines = new ArrayList<>();
        for (Problem problem : all) {
            lines.add(problem.what());
            evidence(problem).forEach(line -> lines.add("  " + line));
            lines.add("  Next: " + problem.next());
        }
        throw Problem.ofProject(all.size() + " values can't be right.", lines, "correct them, and run it again.");
    }

    private List<String> evidence(Problem problem) {
        List<String> evidence = new ArrayList<>(problem.evidence());
        if (inReactor) {
            evidence.add("In " + String.join(", ", modules.getOrDefault(problem.text(), Set.of())) + ".");
        }
        return evidence;
    }
}
