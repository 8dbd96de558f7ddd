package io.github.ecsmaven.ecs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a rollout told. */
final class Told implements RolloutLog {
    final List<String> planned = new ArrayList<>();
    final List<String> states = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> details = new ArrayList<>();

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
    public void state(Duration elapsed, String state) {
        states.add(state);
    }

    @Override
    public void event(Duration elapsed, String message) {
        events.add(message);
    }
}
