package io.github.ecsmaven.ecs;

import io.github.ecsmaven.ecs.verdict.Expected;
import java.util.Optional;
import java.util.Set;

/**
 * A rollout that was begun.
 *
 * @param expected what it shall come to
 * @param previous ARN of the revision before; empty for a new service
 * @param eventsBefore ids of the service events that were there before
 * @param url of the service, as far as known
 */
record Begun(Expected expected, Optional<String> previous, Set<String> eventsBefore, Optional<String> url) {
    Begun {
        eventsBefore = Set.copyOf(eventsBefore);
    }
}
