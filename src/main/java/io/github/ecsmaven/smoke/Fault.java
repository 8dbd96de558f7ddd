package io.github.ecsmaven.smoke;

import java.util.List;

/**
 * Something that was deployed does not answer as it shall.
 *
 * @param what one sentence with the address
 * @param evidence the answer, and how often it was asked
 */
public record Fault(String what, List<String> evidence) {
    public Fault {
        evidence = List.copyOf(evidence);
    }
}
