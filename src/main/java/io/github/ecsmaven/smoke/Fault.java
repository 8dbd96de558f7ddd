package io.github.ecsmaven.smoke;

import java.util.List;

/**
 * Something that was deployed does not answer as it shall.
 *
 * @param what one sentence with the address
 * @param evidence the answer, and how often it was asked
 * @param answered whether there is an answer in the evidence
 */
public record Fault(String what, List<String> evidence, boolean answered) {
    public Fault {
        evidence = List.copyOf(evidence);
    }

    /**
     * What to do next.
     *
     * @param also where else to look, as {@code " and at the logs of the new version"}; may be empty
     */
    public String next(String also) {
        return answered
                ? "look at the answer above" + also + ", or correct ecs.smoke.*, then deploy again."
                : "see why it gives no answer to show"
                        + (also.isEmpty() ? "" : ", look" + also.replaceFirst("^ and", ""))
                        + ", or correct ecs.smoke.*, then deploy again.";
    }
}
