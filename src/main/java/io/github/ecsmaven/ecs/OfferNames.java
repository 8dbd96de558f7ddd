package io.github.ecsmaven.ecs;

import io.github.ecsmaven.NearestNames;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Offers the names that there are where one was not found. */
final class OfferNames {
    private static final int SHOWN = 10;

    private OfferNames() {}

    /** The names are a courtesy: when they may not be listed, the error goes without them. */
    static List<String> known(Supplier<List<String>> ask) {
        try {
            return ask.get();
        } catch (SdkException refused) {
            return List.of();
        }
    }

    /**
     * As evidence: the nearest, else some of them; empty when there are none.
     *
     * @param what they are: {@code services}
     */
    static List<String> evidence(String what, String wanted, List<String> known) {
        List<String> near = NearestNames.of(wanted, known);
        if (!near.isEmpty()) {
            return List.of("Near: " + String.join(", ", near));
        }
        return known.isEmpty()
                ? List.of()
                : List.of("There are " + known.size() + " " + what + ": "
                        + String.join(", ", known.subList(0, Math.min(SHOWN, known.size())))
                        + (known.size() > SHOWN ? ", …" : ""));
    }
}
