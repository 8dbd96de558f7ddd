package io.github.ecsmaven.sandbox.ecs;

import io.github.ecsmaven.sandbox.fault.Faults;
import io.github.ecsmaven.sandbox.fault.Placement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whether a service's tasks find a place: here they always do, unless a fault is ordered. Under the store's lock. */
final class Placements {
    private final Faults faults;
    private final Clock clock;
    private final Map<String, Refusal> last = new HashMap<>();

    /** A try that has failed; it stands until the next one is due. */
    private record Refusal(String event, long until) {}

    Placements(Faults faults, Clock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** Why a task outside of a service finds no place. */
    Optional<Placement> refuseTask(String group) {
        return faults.onPlacement(group);
    }

    /** The event, without the service in front, when the tasks find no place. */
    Optional<String> refuse(String service) {
        Refusal standing = last.get(service);
        if (standing != null && clock.millis() < standing.until()) {
            return Optional.of(standing.event());
        }
        last.remove(service);
        Optional<String> event = faults.onPlacement(service).map(Placement::event);
        event.ifPresent(text -> last.put(service, new Refusal(text, clock.millis() + Scheduler.PLACE_AGAIN)));
        return event;
    }
}
