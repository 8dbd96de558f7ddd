package io.github.ecsmaven.ecs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a rollout told. */
public class Told implements RolloutLog {
    public final List<String> planned = new CopyOnWriteArrayList<>();
    public final List<String> states = new CopyOnWriteArrayList<>();
    public final List<String> events = new CopyOnWriteArrayList<>();
    public final List<String> warnings = new CopyOnWriteArrayList<>();
    public final List<String> details = new CopyOnWriteArrayList<>();
    public final List<String> lastLines = new CopyOnWriteArrayList<>();

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
