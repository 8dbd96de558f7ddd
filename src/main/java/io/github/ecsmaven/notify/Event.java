package io.github.ecsmaven.notify;

import java.util.Collection;
import java.util.Locale;

/** What a build may bring that somebody wants to know; the first that a channel has chosen heads its message. */
public enum Event {
    /** A service was rolled back to its last good version, by a failed rollout, a failed smoke test or by hand. */
    ROLLBACK("rolled back"),
    /** The build failed. */
    FAILURE("failed"),
    /** The first good build after one that failed, on the same branch. */
    FIXED("fixed"),
    /** A service runs a new image, or a front end has new files. */
    DEPLOYMENT("deployed"),
    /** The build succeeded. */
    SUCCESS("passed");

    private final String word;

    Event(String word) {
        this.word = word;
    }

    /** As the subject of a message says it. */
    String word() {
        return word;
    }

    /** As users write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that heads a message, of some. */
    static Event first(Collection<Event> some) {
        return some.stream().sorted().findFirst().orElseThrow();
    }
}
