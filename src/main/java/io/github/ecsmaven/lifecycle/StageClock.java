package io.github.ecsmaven.lifecycle;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** How long each stage of each module took, and which failed. Thread-safe, for {@code -T}. */
final class StageClock {
    /** One module's stages. */
    static final class Module {
        private final Map<Stage, Duration> took = new EnumMap<>(Stage.class);
        private final Set<Stage> failed = EnumSet.noneOf(Stage.class);

        Optional<Duration> took(Stage stage) {
            return Optional.ofNullable(took.get(stage));
        }

        boolean failed(Stage stage) {
            return failed.contains(stage);
        }

        boolean anyFailed() {
            return !failed.isEmpty();
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

    synchronized void end(Object execution, String module, Stage stage, boolean failed) {
        Long start = begun.remove(execution);
        Duration took = start == null ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - start);
        Module stages = module(module);
        stages.took.merge(stage, took, Duration::plus);
        if (failed) {
            stages.failed.add(stage);
        }
    }

    synchronized Module module(String name) {
        return modules.computeIfAbsent(name, absent -> new Module());
    }
}
