package io.github.ecsmaven.faults;

import io.github.ecsmaven.ecr.PushLog;
import io.github.ecsmaven.ecr.Severity;
import io.github.ecsmaven.ecs.RolloutLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a deploy told. */
final class Heard implements PushLog, RolloutLog {
    final List<String> planned = new CopyOnWriteArrayList<>();
    final List<String> states = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> details = new CopyOnWriteArrayList<>();

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

    @Override
    public void repositoryCreated(String repositoryUri) {
        planned.add("created " + repositoryUri);
    }

    @Override
    public void scanning(String why) {
        planned.add("scanning " + why);
    }

    @Override
    public void scanned(String counts, Severity failOn) {
        planned.add("scanned " + counts);
    }

    @Override
    public void progress(long sent, long total) {
        // The figures are those of the bytes that travel; nobody looks at them here.
    }
}
