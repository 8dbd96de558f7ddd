package io.github.ecsmaven.goal;

import java.util.List;
import java.util.Optional;

/** When a front end may go to its bucket, as the rollouts of the build's modules stand. Pure. */
sealed interface UploadTurn {
    /** How the rollout of a module stands. */
    enum State {
        TO_COME,
        BEGUN,
        COMPLETED,
        FAILED
    }

    /** @param succeeded how Maven's build of it ended; empty when it has not ended */
    record Module(String name, State state, Optional<Boolean> succeeded) {
        /** Its goal had nothing to roll out. */
        private boolean hasNone() {
            return state == State.TO_COME && succeeded.orElse(false);
        }

        private Optional<String> fault(boolean atEnd) {
            if (state == State.FAILED) {
                return Optional.of("The rollout of " + name + " has failed.");
            }
            boolean lost = state == State.TO_COME && (atEnd || succeeded.isPresent());
            return lost && !hasNone() ? Optional.of(name + " was not rolled out.") : Optional.empty();
        }
    }

    /** At once. */
    record Now() implements UploadTurn {}

    /** When those that are under way have ended. */
    record AfterThose() implements UploadTurn {}

    /** At the end of the build, since others are still to come. */
    record AtEnd() implements UploadTurn {}

    /** Not at all. */
    record Held(List<String> why) implements UploadTurn {}

    /** @param atEnd whether the end of the build can be waited for, which it can't without the plugin's extension */
    static UploadTurn of(List<Module> modules, boolean atEnd) {
        List<String> faults = faults(modules, false);
        if (!faults.isEmpty()) {
            return new Held(faults);
        }
        if (atEnd && modules.stream().anyMatch(one -> one.state() == State.TO_COME && !one.hasNone())) {
            return new AtEnd();
        }
        return modules.stream().anyMatch(one -> one.state() == State.BEGUN) ? new AfterThose() : new Now();
    }

    /**
     * When all have ended.
     *
     * @param failures of any module of the build, where Maven begins nothing more after a failure
     */
    static UploadTurn ofEnd(List<Module> modules, List<String> failures) {
        List<String> faults = faults(modules, true);
        List<String> why = faults.isEmpty() ? failures : faults;
        return why.isEmpty() ? new Now() : new Held(why);
    }

    private static List<String> faults(List<Module> modules, boolean atEnd) {
        return modules.stream().flatMap(one -> one.fault(atEnd).stream()).toList();
    }
}
