package io.github.ecsmaven.notify;

import io.github.ecsmaven.Problem;
import java.util.Set;

/**
 * A way to tell somebody.
 *
 * @param name as a warning calls it: {@code mail}, {@code Slack}
 * @param events of which it tells
 */
public record Channel(String name, Set<Event> events, Delivery delivery) {
    public Channel {
        events = Set.copyOf(events);
    }

    /** Sends one message; made once for a build. */
    public interface Delivery {
        /**
         * Returns when it is sent, tries again for what may pass, and gives up at the deadline.
         *
         * @throws Problem when it can't be sent; it names no secret
         */
        void send(Notice notice, Deadline until) throws InterruptedException;
    }
}
