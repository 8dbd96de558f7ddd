package io.github.ecsmaven.lifecycle.resume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a call goes on from, told once for all its modules. */
final class ResumeText {
    /** The phases that people know builds by. */
    private static final List<String> KNOWN =
            List.of("compile", "test-compile", "test", "package", "integration-test", "install", "deploy");

    private static final int MOST_NAMES = 4;

    private ResumeText() {}

    /**
     * @param modules with their names, in the reactor's order
     * @param goals of the call
     * @return a line for all the modules that go on from the same; one line in most builds
     */
    static List<String> lines(Map<String, Resumable> modules, List<String> goals) {
        Map<List<Object>, List<String>> same = new LinkedHashMap<>();
        modules.forEach((name, state) -> same.computeIfAbsent(
                        List.of(state.phases(), state.reason()), absent -> new ArrayList<>())
                .add(name));
        List<String> lines = new ArrayList<>();
        for (List<String> names : same.values()) {
            String text = text(latest(names.stream().map(modules::get).toList()), goals);
            lines.add(same.size() == 1 ? text : in(names, text));
        }
        return lines;
    }

    /** They differ in their time only. */
    private static Resumable latest(List<Resumable> same) {
        return same.stream()
                .max(Comparator.comparing(state -> state.since().orElse("")))
                .orElseThrow();
    }

    private static String in(List<String> names, String text) {
        int colon = text.indexOf(':');
        String which = names.size() > MOST_NAMES ? names.size() + " modules" : list(names);
        return text.substring(0, colon) + " in " + which + text.substring(colon);
    }

    private static String text(Resumable state, List<String> goals) {
        String why = state.reason().orElse("");
        if (state.phases().isEmpty()) {
            return "Not resumed: " + why + ".";
        }
        List<String> known = KNOWN.stream()
                .map(phase -> phase.equals("integration-test") ? "verify" : phase)
                .filter(state.phases()::contains)
                .toList();
        String done = known.isEmpty() ? last(state.phases()) : list(known);
        return "Resumed: " + done + state.since().map(since -> " of " + since).orElse("") + ", "
                + next(state.phases(), goals).map(next -> next + " comes next").orElse("nothing is left to do")
                + (why.isEmpty() ? "" : "; " + why) + ".";
    }

    private static Optional<String> next(Set<String> done, List<String> goals) {
        Set<String> called = Phases.called(goals);
        return KNOWN.stream()
                .filter(phase -> called.contains(phase) || isAsked(phase, goals))
                .filter(phase -> !done.contains(phase))
                .findFirst();
    }

    private static boolean isAsked(String phase, List<String> goals) {
        return goals.contains(phase) || phase.equals("install") && goals.contains("deploy");
    }

    private static String last(Set<String> phases) {
        return phases.stream().reduce((one, later) -> later).orElseThrow();
    }

    private static String list(List<String> items) {
        return items.size() < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }
}
