package io.github.ecsmaven.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How long Maven waits for an answer of the keeper: more than any engine at work needs, so that no build hangs for ever. */
final class AnswerLimit {
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final Duration WHOLE_IMAGE = Duration.ofMinutes(10);

    private AnswerLimit() {}

    static Duration of(String request) {
        JsonNode node = Wire.read(request);
        return switch (node.path("verb").asText()) {
            case "start", "services" -> USUAL.plusMillis(node.path("timeout").asLong());
            case "load", "save" -> WHOLE_IMAGE;
            default -> USUAL;
        };
    }
}
