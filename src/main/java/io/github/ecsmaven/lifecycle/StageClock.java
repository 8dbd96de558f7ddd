package io.github.ecsmaven.lifecycle;

import java.time.Duration;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How long each stage of each module took, and how it ended. Thread-safe, for {@code -T}. */
final class StageClock {
    /** How a stage ended, the worst last. */
    enum End {
        DONE,
        INTERRUPTED,
        FAILED
    }

    /** One module's stages. */
    static final class Module {
        private final Map<Stage, Duration> took = new EnumMap<>(Stage.class);
        private final Map<Stage, End> ends = new EnumMap<>(Stage.class);

        Optional<Duration> took(Stage stage) {
            return Optional.ofNullable(took.get(stage));
        }

        End end(Stage stage) {
            return ends.getOrDefault(stage, End.DONE);
        }

        /** Some stage failed or was interrupted. */
        boolean isBroken() {
            return ends.values().stream().anyMatch(end -> end != End.DONE);
        }
    }

    private final LongSupplier nanos;
    private final Map<Object, Long> begun = new IdentityHashMap<>();
    private final Map<String, Module> modules = new LinkedHashMap<>();

    StageClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void begin(Object execution) {
        begun.put(execution, nanos.getAsLong());
    }

    synchronized void end(Object execution, String module, Stage stage, End end) {
        Long start = begun.remove(execution);
        add(module, stage, start == null ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - start), end);
    }

    /** A part of a stage that is over, also one that went on behind its goal. */
    synchronized void add(String module, Stage stage, Duration took, End end) {
        Module stages = module(module);
        stages.took.merge(stage, took, Duration::plus);
        stages.ends.merge(stage, end, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    synchronized Module module(String name) {
        return modules.computeIfAbsent(name, absent -> new Module());
    }
}
