package io.github.ecsmaven.sandbox.ecs;

import java.util.List;

/**
 * What the scheduler decided.
 *
 * @param service as it is now
 * @param starts new tasks for the PRIMARY deployment, by their ids
 * @param stops tasks to stop
 * @param lookAgainIn milliseconds until something is due without news; 0: nothing
 */
record Step(Service service, List<String> starts, List<Stop> stops, long lookAgainIn) {
    Step {
        starts = List.copyOf(starts);
        stops = List.copyOf(stops);
    }

    /** A task to stop, and the {@code stoppedReason}. */
    record Stop(String task, String reason) {}
}
