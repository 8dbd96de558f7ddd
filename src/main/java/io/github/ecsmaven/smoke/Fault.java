package io.github.ecsmaven.smoke;

import java.util.List;
import java.util.Optional;

/**
 * Something that was deployed does not answer as it shall.
 *
 * @param what one sentence with the address
 * @param evidence the answer, and how often it was asked
 * @param lookAt where its cause is likely to be seen: {@code the answer above}; empty when nothing was asked
 */
public record Fault(String what, List<String> evidence, Optional<String> lookAt) {
    public Fault {
        evidence = List.copyOf(evidence);
    }

    /**
     * What to do next.
     *
     * @param also where else to look, as {@code " and at the logs of the new version"}; may be empty
     */
    public String next(String also) {
        return lookAt.map(place -> "look at " + place + also + ", or correct ecs.smoke.*, then deploy again.")
                .orElse("write the whole address (ecs.smoke.url), then deploy again.");
    }
}
