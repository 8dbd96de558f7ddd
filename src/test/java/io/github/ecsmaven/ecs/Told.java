package io.github.ecsmaven.ecs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a rollout told. */
class Told implements RolloutLog {
    final List<String> planned = new ArrayList<>();
    final List<String> states = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> details = new ArrayList<>();
    final List<String> lastLines = new ArrayList<>();

    /** As who prints a state only when it differs from the one before. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        for (String state : states) {
            if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(state)) {
                changes.add(state);
            }
        }
        return changes;
    }

    void clear() {
        List.of(planned, states, events, warnings, details, lastLines).forEach(List::clear);
    }

    @Override
    public void detail(String text) {
        details.add(text);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void planned(String text) {
        planned.add(text);
    }

    @Override
    public void ifInterrupted(String line) {
        lastLines.add(line);
    }

    @Override
    public void state(Duration elapsed, String state) {
        states.add(state);
    }

    @Override
    public void event(Duration elapsed, String message) {
        events.add(message);
    }
}
