package io.github.ecsmaven.sandbox.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ecsmaven.sandbox.wire.Json;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

    /** For the page, newest first: who sent it, when (epoch seconds), to whom, and what it is about. */
    public synchronized ArrayNode overview() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        messages.descendingIterator().forEachRemaining(kept -> {
            JsonNode message = kept.path("message");
            List<String> to = new ArrayList<>();
            message.path("Destination").path("ToAddresses").forEach(one -> to.add(one.asText()));
            String subject = message.path("Content")
                    .path("Simple")
                    .path("Subject")
                    .path("Data")
                    .asText();
            all.addObject()
                    .put("by", kept.path("by").asText())
                    .put("at", kept.path("sentAt").asLong())
                    .put("to", message.path("TopicArn").asText(String.join(", ", to)))
                    .put("subject", message.path("Subject").asText(subject));
        });
        return all;
    }

    /** Oldest first. */
    public synchronized ObjectNode json() {
        ObjectNode all = Json.object();
        ArrayNode list = all.putArray("messages");
        messages.forEach(list::add);
        return all;
    }
}
