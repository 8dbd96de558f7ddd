package io.github.ecsmaven.sandbox.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which tasks get requests, in turn, and how many requests each has under way. Safe for several threads. */
final class Rotation {
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Integer> underWay = new LinkedHashMap<>();
    private Optional<Split> split = Optional.empty();
    private double due;
    private int turn;

    /** A request's claim on a task; {@link #done} gives it back. */
    record Claim(String task, Target target) {}

    synchronized void add(String task, Target target) {
        targets.put(task, target);
        notifyAll();
    }

    synchronized void split(Optional<Split> changed) {
        if (!split.equals(changed)) {
            split = changed;
            notifyAll();
        }
    }

    /** No new request goes to the task from here on. */
    synchronized void remove(String task) {
        targets.remove(task);
    }

    synchronized Set<String> tasks() {
        return Set.copyOf(targets.keySet());
    }

    /** Requests that the task has still to answer. */
    synchronized int underWay(String task) {
        return underWay.getOrDefault(task, 0);
    }

    /**
     * The next task in turn; waits while there is none.
     *
     * @param tried tasks to pass over as long as there is another one
     * @return empty when there was none for so long
     */
    synchronized Optional<Claim> claim(Set<String> tried, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            List<Claim> fresh = divided(tried);
            if (!fresh.isEmpty()) {
                Claim next = fresh.get(Math.floorMod(turn++, fresh.size()));
                underWay.merge(next.task(), 1, Integer::sum);
                return Optional.of(next);
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
    }

    /** Those that the next request may go to. */
    private List<Claim> divided(Set<String> tried) {
        List<Claim> some = new ArrayList<>();
        List<Claim> others = new ArrayList<>();
        Set<String> taking = split.map(Split::tasks).orElse(Set.of());
        targets.forEach((task, target) -> {
            if (!tried.contains(task)) {
                (taking.contains(task) ? some : others).add(new Claim(task, target));
            }
        });
        double percent = split.map(Split::percent).orElse(0.0);
        if (percent <= 0 || percent >= 100) {
            return percent <= 0 ? others : some;
        }
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        due += percent;
        if (due < 100) {
            return others;
        }
        due -= 100;
        return some;
    }

    synchronized void done(Claim claim) {
        underWay.computeIfPresent(claim.task(), (task, count) -> count == 1 ? null : count - 1);
    }
}
