package io.github.ecsmaven.sandbox.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/** Tells the log that the engine went away, and that it is back; not each of the many calls between. Thread-safe. */
final class EnginePresence {
    private static final Logger LOG = Logger.getLogger(EnginePresence.class.getName());

    private final AtomicBoolean away = new AtomicBoolean();

    /** A call had no answer. */
    void silent(String why) {
        if (away.compareAndSet(false, true)) {
            LOG.warning("The Docker engine does not answer (" + why + "); it is asked again until it does.");
        }
    }

    /** A call had an answer, be it a refusal. */
    void answered() {
        if (away.compareAndSet(true, false)) {
            LOG.info("The Docker engine answers again.");
        }
    }
}
