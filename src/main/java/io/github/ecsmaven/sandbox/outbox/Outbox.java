package io.github.ecsmaven.sandbox.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** The latest messages, for as long as the sandbox runs. */
public final class Outbox {
    private static final int MOST = 100;

    private final Clock clock;
    private final Deque<ObjectNode> messages = new ArrayDeque<>();

    public Outbox(Clock clock) {
        this.clock = clock;
    }

    /**
     * Keeps a message.
     *
     * @param by {@code ses} or {@code sns}
     * @param message what was sent, in the names of the service's model
     * @return its id
     */
    synchronized String keep(String by, ObjectNode message) {
        String id = UUID.randomUUID().toString();
        messages.addLast(Json.object()
                .put("id", id)
                .put("by", by)
                .put("sentAt", clock.instant().getEpochSecond())
                .set("message", message.deepCopy()));
        if (messages.size() > MOST) {
            messages.removeFirst();
        }
        return id;
    }

    /** Oldest first. */
    public synchronized ObjectNode json() {
        ObjectNode all = Json.object();
        ArrayNode list = all.putArray("messages");
        messages.forEach(list::add);
        return all;
    }
}
