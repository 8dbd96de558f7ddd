package io.github.ecsmaven.lifecycle;

import io.github.ecsmaven.goal.SmokePart;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When each stage of each module began, how long it took, and how it ended. Thread-safe, for {@code -T}. */
final class StageClock {
    /** How a stage ended, the worst last. */
    enum End {
        DONE,
        INTERRUPTED,
        FAILED
    }

    /** One module's stages. */
    static final class Module {
        private final Map<Stage, Instant> began = new EnumMap<>(Stage.class);
        private final Map<Stage, Duration> took = new EnumMap<>(Stage.class);
        private final Map<Stage, End> ends = new EnumMap<>(Stage.class);
        private final Map<Stage, Throwable> errors = new EnumMap<>(Stage.class);

        Optional<Instant> began(Stage stage) {
            return Optional.ofNullable(began.get(stage));
        }

        Optional<Duration> took(Stage stage) {
            return Optional.ofNullable(took.get(stage));
        }

        End end(Stage stage) {
            return ends.getOrDefault(stage, End.DONE);
        }

        /** What ended a stage that is broken, the last when there were several. */
        Optional<Throwable> error(Stage stage) {
            return Optional.ofNullable(errors.get(stage));
        }

        /** Some stage failed or was interrupted. */
        boolean isBroken() {
            return ends.values().stream().anyMatch(end -> end != End.DONE);
        }
    }

    /** A goal that runs. */
    private record Run(String module, @Nullable Stage stage, long nanos) {}

    private final LongSupplier nanos;
    private final long origin;
    private final Instant start;
    private final Map<Object, Run> runs = new IdentityHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();

    /** @param start the time of day that it is now; later ones are counted from it, whoever sets the clock meanwhile */
    StageClock(LongSupplier nanos, Instant start) {
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.start = start;
    }

    /** When it began to measure. */
    Instant start() {
        return start;
    }

    Instant now() {
        return at(nanos.getAsLong());
    }

    private Instant at(long then) {
        return start.plusNanos(then - origin).truncatedTo(ChronoUnit.MILLIS);
    }

    /** @param stage null for a goal that no stage stands for */
    synchronized void begin(Object execution, String module, @Nullable Stage stage) {
        runs.put(execution, new Run(module, stage, nanos.getAsLong()));
    }

    synchronized void end(Object execution, String module, Stage stage, End end, @Nullable Throwable error) {
        long now = nanos.getAsLong();
        Run run = runs.remove(execution);
        add(module, stage, Duration.ofNanos(run == null ? 0 : now - run.nanos()), end, error);
    }

    /**
     * The same of a goal of which a part is a stage of its own, which came last.
     *
     * @param smoke what that part took, and how it ended
     */
    synchronized void end(
            Object execution, String module, Stage stage, End end, @Nullable Throwable error, SmokePart.Seen smoke) {
        long now = nanos.getAsLong();
        Run run = runs.remove(execution);
        split(module, stage, Duration.ofNanos(run == null ? 0 : now - run.nanos()), end, error, smoke);
    }

    /** As {@link #add}, with such a part. */
    synchronized void split(
            String module, Stage stage, Duration took, End end, @Nullable Throwable error, SmokePart.Seen smoke) {
        boolean ours = end != End.DONE && smoke.failed();
        boolean theirs = end != End.DONE && (!smoke.failed() || !smoke.alone());
        Duration rest = took.minus(smoke.took());
        add(module, stage, rest.isNegative() ? Duration.ZERO : rest, theirs ? end : End.DONE, theirs ? error : null);
        add(module, Stage.SMOKE, smoke.took(), ours ? end : End.DONE, ours ? error : null);
    }

    /** A goal is over that no stage stands for. */
    synchronized void leave(Object execution) {
        runs.remove(execution);
    }

    /** Ends what still runs: the JVM does not wait for it. */
    synchronized void interruptAll() {
        Map<Object, Run> running = new IdentityHashMap<>(runs);
        running.forEach((execution, run) ->
                end(execution, run.module(), run.stage() == null ? Stage.OTHER : run.stage(), End.INTERRUPTED, null));
    }

    /** A part of a stage that ends now, also one that went on behind its goal. */
    synchronized void add(String module, Stage stage, Duration took, End end, @Nullable Throwable error) {
        Module stages = module(module);
        stages.began.putIfAbsent(stage, at(nanos.getAsLong() - took.toNanos()));
        stages.took.merge(stage, took, Duration::plus);
        stages.ends.merge(stage, end, (one, other) -> one.compareTo(other) > 0 ? one : other);
        if (error != null) {
            stages.errors.put(stage, error);
        }
    }

    /** Nothing of it was done after all. */
    synchronized void forget(String module, Stage stage) {
        Module stages = module(module);
        List.of(stages.began, stages.took, stages.ends, stages.errors).forEach(known -> known.remove(stage));
    }

    synchronized Module module(String name) {
        return modules.computeIfAbsent(name, absent -> new Module());
    }
}
